package dev.cotton.executor.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.Incarnation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell program that initialises as mysqld does, as far as that matters here. */
final class TemplatesTest {
    private static final String INITIALISES = """
            mkdir "$data" "$data/#innodb_redo" "$data/mysql"
            head -c 100000 /dev/zero > "$data/ibdata1"
            echo end >> "$data/ibdata1"
            touch "$data/auto.cnf" "$data/private_key.pem" "$data/empty" "$data/#innodb_redo/#ib_redo1_tmp"
            echo redo > "$data/#innodb_redo/#ib_redo0"
            """;

    @TempDir
    Path parent;

    @Test
    void initialisesOnceAndCopiesAfterwards() throws Exception {
        Templates templates = templates(INITIALISES);
        DataFolder first = instance("first");
        DataFolder second = instance("second");

        Incarnation one = templates.fill(first);
        Incarnation other = templates.fill(second);

        assertThat(initialisations()).hasSize(1);
        assertThat(one).isNotEqualTo(other);
        assertThat(second.incarnation()).contains(other);
        assertThat(new BootDoubt(second).sure()).isTrue();
        assertThat(names(second.data())).containsExactly("binlog", "boot", "incarnation", "mysql", "relay", "tmp");
        assertThat(second.mysql().resolve("ibdata1"))
                .hasSameBinaryContentAs(parent.resolve("templates/mysql-9.7.4-1/ibdata1"));
        assertThat(second.mysql().resolve("empty")).isEmptyFile();
    }

    @Test
    void takesOverNothingOfAServersOwn() throws Exception {
        DataFolder instance = instance("i");
        templates(INITIALISES).fill(instance);
        assertThat(names(instance.mysql())).containsExactly("#innodb_redo", "empty", "ibdata1", "mysql");
        assertThat(names(instance.mysql().resolve("#innodb_redo"))).containsExactly("#ib_redo0");
    }

    @Test
    void belongsToItsOwnerAlone() throws Exception {
        DataFolder instance = instance("i");
        templates(INITIALISES).fill(instance);
        assertThat(Files.getPosixFilePermissions(parent.resolve("templates")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(instance.data()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(instance.mysql().resolve("ibdata1")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void keepsDataThatAreThere() throws Exception {
        Templates templates = templates(INITIALISES);
        DataFolder instance = instance("i");
        Incarnation incarnation = templates.fill(instance);
        assertThatThrownBy(() -> templates.fill(instance))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("they are kept");
        assertThat(instance.incarnation()).contains(incarnation);
    }

    @Test
    void saysWhyTheServerCannotInitialiseAndKeepsNothing() throws Exception {
        DataFolder instance = instance("i");
        assertThatThrownBy(() -> templates("echo 'no space left' >&2; exit 1").fill(instance))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("no space left");
        assertThat(instance.hasData()).isFalse();

        templates(INITIALISES).fill(instance);
        assertThat(instance.hasData()).isTrue();
        assertThat(names(parent.resolve("templates"))).containsExactly("lock", "mysql-9.7.4-1");
    }

    @Test
    void saysWhatTheServerComplainedOfRatherThanThatItAborts() throws Exception {
        Templates templates = templates("""
                echo '2026-11-22T10:00:00.1Z 0 [System] [MY-013169] [Server] mysqld initializing' >&2
                echo '2026-11-22T10:00:00.2Z 1 [ERROR] [MY-012592] [InnoDB] Operating system error 28' >&2
                echo '2026-11-22T10:00:00.3Z 0 [ERROR] [MY-010119] [Server] Aborting' >&2
                echo '2026-11-22T10:00:00.4Z 0 [System] [MY-010910] [Server] Shutdown complete' >&2
                exit 1
                """);
        DataFolder instance = instance("i");
        assertThatThrownBy(() -> templates.fill(instance))
                .hasMessageContaining("[ERROR] [MY-012592] [InnoDB] Operating system error 28 [ERROR]")
                .hasMessageContaining("Aborting")
                .hasMessageNotContaining("Shutdown complete");
    }

    @Test
    void eachVersionHasATemplateOfItsOwn() throws Exception {
        templates(INITIALISES).fill(instance("a"));
        program("8.4.3", INITIALISES);
        new Templates(parent.resolve("templates"), parent.resolve("mysqld")).fill(instance("b"));
        assertThat(names(parent.resolve("templates"))).containsExactly("lock", "mysql-8.4.3-1", "mysql-9.7.4-1");
    }

    @Test
    void severalProcessesInitialiseOnce() throws Exception {
        program("9.7.4", "sleep 0.3\n" + INITIALISES);
        List<Process> processes = Stream.of("a", "b", "c").map(this::filling).toList();
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        assertThat(initialisations()).hasSize(1);
        assertThat(Stream.of("a", "b", "c").map(this::instance)).allMatch(DataFolder::hasData);
    }

    @Test
    void whatAKilledProcessLeftBehindIsInNobodysWay() throws Exception {
        program("9.7.4", "mkdir \"$data\"; touch \"$data/half\"; exec sleep 600");
        Process killed = filling("a");
        Awaitility.await().until(() -> initialisations().size() == 1);
        killed.destroyForcibly().waitFor();
        Files.createDirectories(instance("a").root().resolve("data.fresh/mysql/half"));

        program("9.7.4", INITIALISES);
        templates(INITIALISES).fill(instance("a"));

        assertThat(names(instance("a").mysql())).doesNotContain("half");
        assertThat(names(parent.resolve("templates"))).containsExactly("lock", "mysql-9.7.4-1");
        ProcessHandle.of(Long.parseLong(initialisations().getFirst())).ifPresent(ProcessHandle::destroyForcibly);
    }

    private Templates templates(String initialises) throws IOException {
        program("9.7.4", initialises);
        return new Templates(parent.resolve("templates"), parent.resolve("mysqld"));
    }

    private void program(String version, String initialises) throws IOException {
        Path program = parent.resolve("mysqld");
        Files.writeString(program, """
                #!/bin/sh
                [ "$2" = --version ] && echo "$0  Ver %s for Linux on x86_64" && exit
                for word; do
                    case $word in --datadir=*) data=${word#*=};; esac
                done
                echo $$ >> '%s'
                %s
                """.formatted(version, parent.resolve("initialisations"), initialises));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private List<String> initialisations() throws IOException {
        Path file = parent.resolve("initialisations");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private DataFolder instance(String name) {
        DataFolder instance = new DataFolder(parent.resolve(name));
        instance.create();
        return instance;
    }

    private Process filling(String name) {
        try {
            return Jvm.start(Fills.class, parent.toString(), name);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    /** Fills an instance. Arguments: where everything is, the instance's name. */
    static final class Fills {
        private Fills() {}

        public static void main(String[] arguments) throws InterruptedException {
            Path parent = Path.of(arguments[0]);
            DataFolder instance = new DataFolder(parent.resolve(arguments[1]));
            instance.create();
            new Templates(parent.resolve("templates"), parent.resolve("mysqld")).fill(instance);
        }
    }
}
