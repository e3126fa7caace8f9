package dev.cotton.scheduler.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.scheduler.fleet.Fleet.Creation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the original's user guide tells people to type, with the real {@code curl}. */
final class CurlTest {
    private static final String CREATED =
            "{\"cluster_url\":\"zk://127.0.0.1:2181/cotton/discover/test_cluster3\",\"cluster_password\":\""
                    + FakeFleet.PASSWORD + "\"}";

    private final RunningServer server = new RunningServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void createsFromMultipartFields() throws Exception {
        String answer = curl("-X", "POST", url("/clusters/test_cluster3"), "--form", "cluster_user=mysos");

        assertThat(answer).isEqualTo(CREATED + "200");
    }

    @Test
    void createsFromAllMultipartFields() throws Exception {
        String answer = curl(
                "-X",
                "POST",
                url("/clusters/test_cluster3"),
                "--form",
                "cluster_user=mysos",
                "--form",
                "num_nodes=3",
                "--form",
                "backup_id=",
                "--form",
                "size={\"mem\": \"1gb\", \"disk\": \"2gb\", \"cpus\": 0.5}",
                "--form",
                "cluster_password=abc");

        assertThat(answer).isEqualTo(CREATED + "200");
        Creation creation = server.fleet.creations.getFirst();
        assertThat(creation.spec().instances()).isEqualTo(3);
        assertThat(creation.spec().size().toString()).isEqualTo("0.5 cpus, 1gb memory, 2gb disk");
        assertThat(creation.password()).contains("abc");
    }

    @Test
    void createsFromUrlencodedFields() throws Exception {
        String answer =
                curl("-X", "POST", url("/clusters/test_cluster3"), "-d", "cluster_user=mysos", "-d", "num_nodes=2");

        assertThat(answer).isEqualTo(CREATED + "200");
        assertThat(server.fleet.creations.getFirst().spec().instances()).isEqualTo(2);
    }

    @Test
    void deletesByMultipartAndByUrlencodedFieldsOnBothPaths() throws Exception {
        server.fleet.live.add(Samples.healthy("test_cluster3"));
        String gone = "{\"cluster_url\":\"zk://127.0.0.1:2181/cotton/discover/test_cluster3\"}200";

        assertThat(curl("-X", "DELETE", url("/cluster/test_cluster3"), "--form", "password=" + FakeFleet.PASSWORD))
                .isEqualTo(gone);
        assertThat(curl("-X", "DELETE", url("/clusters/test_cluster3"), "--form", "password=" + FakeFleet.PASSWORD))
                .isEqualTo(gone);
        assertThat(curl("-X", "DELETE", url("/cluster/test_cluster3"), "-d", "password=" + FakeFleet.PASSWORD))
                .isEqualTo(gone);
    }

    @Test
    void refusesABackupWithASentence() throws Exception {
        String answer = curl(
                "-X",
                "POST",
                url("/clusters/test_cluster3"),
                "--form",
                "cluster_user=mysos",
                "--form",
                "backup_id=foo/bar:201503122000");

        assertThat(answer).isEqualTo("There is no backup of bar; nothing was changed.\n404");
        assertThat(server.fleet.calls).isEmpty();
    }

    @Test
    void refusesAFileWhereAFieldBelongs() throws Exception {
        String answer = curl(
                "-X",
                "POST",
                url("/clusters/test_cluster3"),
                "--form",
                "cluster_user=mysos",
                "--form",
                "size=@/etc/hostname");

        assertThat(answer).isEqualTo("size: give it once, as a field and not as a file.\n400");
        assertThat(server.fleet.calls).isEmpty();
    }

    private String url(String path) {
        return server.url() + path;
    }

    /** What curl prints: the body, then the status. */
    private static String curl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--max-time", "20", "-w", "%{http_code}"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
