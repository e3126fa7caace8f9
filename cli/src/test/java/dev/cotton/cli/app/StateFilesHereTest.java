package dev.cotton.cli.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.cli.Failure;
import dev.cotton.cli.admin.StateFiles.Place;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.scheduler.app.FleetState;
import dev.cotton.scheduler.security.Keyring;
import dev.cotton.scheduler.zookeeper.StateNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Files with a fleet's state, by the ZooKeeper of a data folder. */
final class StateFilesHereTest {
    private static final String RECORD = "{\"schema\":3,\"name\":\"demo\",\"epoch\":4,\"version\":17}";

    @TempDir
    private Path folder = Path.of("");

    private final StateFilesHere files = new StateFilesHere();
    private Place former = new Place(new DataFolder(Path.of("")), Optional.empty(), Optional.empty());

    @BeforeEach
    void beginAFleet() {
        former = place("former");
        String url = former.folder().create().path().toString();
        Keyring keyring = Keyring.open(Path.of(url, "scheduler.key"), true);
        FleetState state = new FleetState(
                FleetState.VERSION,
                Instant.EPOCH,
                keyring.id(),
                Optional.empty(),
                List.of(
                        new StateNode("authority", "sealed"),
                        new StateNode("term", "7"),
                        new StateNode("clusters", ""),
                        new StateNode("clusters/u1", RECORD)));
        try (OwnZooKeeper zooKeeper = OwnZooKeeper.start(former.folder())) {
            state.write(zooKeeper.url());
        }
    }

    private Place place(String name) {
        return new Place(new DataFolder(folder.resolve(name)), Optional.empty(), Optional.empty());
    }

    private String exported() throws Exception {
        Path file = folder.resolve("state.json");
        files.write(former, true, file);
        return Files.readString(file);
    }

    @Test
    void aCopyIsForItsOwnerAlone() throws Exception {
        exported();
        assertThat(Files.getPosixFilePermissions(folder.resolve("state.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(this::exported).isInstanceOf(Failure.class).hasMessageContaining("exists already");
    }

    @Test
    void withoutTheKeyItIsWorthNothing() throws Exception {
        files.write(former, false, folder.resolve("state.json"));
        String key = Base64.getEncoder()
                .encodeToString(Files.readAllBytes(former.folder().path().resolve("scheduler.key")));
        assertThat(Files.readString(folder.resolve("state.json"))).doesNotContain(key);
        assertThatThrownBy(() -> files.read(place("next"), folder.resolve("state.json")))
                .hasMessageContaining("put the fleet's key file there");
    }

    @Test
    void itIsBroughtBackWithItsKeyAndWithDoubt() throws Exception {
        exported();
        assertThat(files.read(place("next"), folder.resolve("state.json")).clusters())
                .isEqualTo(1);

        files.write(place("next"), true, folder.resolve("again.json"));
        FleetState state =
                JsonMapper.shared().readValue(Files.readAllBytes(folder.resolve("again.json")), FleetState.class);
        assertThat(state.nodes())
                .anySatisfy(node -> {
                    assertThat(node.path()).isEqualTo("clusters/u1");
                    assertThat(node.text()).contains("\"recovered\":{", "\"epoch\":4", "\"version\":17");
                })
                .contains(new StateNode("term", "2000007"));
        assertThatThrownBy(() -> files.read(place("next"), folder.resolve("state.json")))
                .hasMessageContaining("There is a fleet");
    }

    @Test
    void anotherFleetsKeyIsRefused() throws Exception {
        exported();
        Place other = place("other");
        Keyring.open(other.folder().create().path().resolve("scheduler.key"), true);
        assertThatThrownBy(() -> files.read(other, folder.resolve("state.json")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("is another one");
    }

    @Test
    void whatIsNoCopyIsRefused() throws Exception {
        Files.writeString(folder.resolve("x.json"), "{}");
        assertThatThrownBy(() -> files.read(place("next"), folder.resolve("x.json")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("Nothing was written");
    }
}
