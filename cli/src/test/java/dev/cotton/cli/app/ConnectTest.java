package dev.cotton.cli.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.cli.Documents;
import dev.cotton.cli.FakeScheduler;
import dev.cotton.cli.TestShell;
import dev.cotton.core.port.Installation;
import dev.cotton.core.port.MysqlInstaller;
import dev.cotton.core.port.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cotton connect} with a client that writes down how it was started. */
final class ConnectTest {
    private static final String CLIENT = """
            #!/bin/sh
            exec > "${0%/*}/seen"
            for argument; do echo "argument $argument"; done
            file=${1#--defaults-file=}
            stat -c '%a' "$file" "${file%/*}"
            cat "$file"
            echo "login $MYSQL_TEST_LOGIN_FILE"
            cat "${file%/*}/ca.pem"
            exit 3
            """;

    @TempDir
    private Path folder = Path.of("");

    private final FakeScheduler scheduler = new FakeScheduler();
    private final TestShell terminal = new TestShell();

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.createDirectories(folder.resolve("runtime"));
        Path client = Files.writeString(folder.resolve("bin/mysql"), CLIENT);
        Files.setPosixFilePermissions(client, PosixFilePermissions.fromString("rwxr-xr-x"));
        terminal.with("COTTON_API_URL", scheduler.url().toString())
                .with("XDG_RUNTIME_DIR", folder.resolve("runtime").toString());
        scheduler
                .on("GET /api/v1/clusters/demo", Documents.cluster("demo", "healthy"))
                .on(
                        "GET /api/v1/clusters/demo/credentials",
                        "{\"user\":\"app\",\"password\":\"se'cret\",\"clusterUrl\":\"zk://z\"}")
                .onText("GET /api/v1/ca", "application/x-pem-file", "the authority\n");
    }

    @AfterEach
    void stop() {
        scheduler.close();
    }

    @Test
    void startsTheClientWithAFileThatOnlyTheUserCanReadAndExitsAsItDoes() throws IOException {
        assertThat(connect("demo", "--", "-e", "SELECT 1")).isEqualTo(3);

        List<String> seen = Files.readAllLines(folder.resolve("bin/seen"));
        assertThat(seen.getFirst())
                .startsWith("argument --defaults-file=" + folder.resolve("runtime"))
                .doesNotContain("cret");
        assertThat(seen)
                .containsSequence("argument -e", "argument SELECT 1", "600", "700")
                .contains("host = \"127.0.0.1\"", "port = 23300", "user = \"app\"", "password = \"se'cret\"")
                .contains("ssl-mode = VERIFY_IDENTITY", "the authority")
                .anyMatch(line -> line.startsWith("login " + folder.resolve("runtime")));
    }

    @Test
    void leavesNothingBehind() throws IOException {
        connect("demo");

        try (var left = Files.list(folder.resolve("runtime"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void connectsToAnInstanceOfChoice() throws IOException {
        connect("demo", "--instance", "demo-1");

        assertThat(Files.readAllLines(folder.resolve("bin/seen"))).contains("port = 23304");
        assertThat(connect("demo", "--instance", "demo-7")).isEqualTo(3);
        assertThat(terminal.err()).contains("demo has no instance demo-7.");
    }

    @Test
    void saysWhyThereIsNothingToConnectToYet() {
        scheduler.on(
                "GET /api/v1/clusters/new",
                Documents.cluster("new", "creating").replace("\"primary\": \"new-0\",", ""));

        assertThat(connect("new")).isEqualTo(4);

        assertThat(terminal.err()).contains("new cannot be connected to yet; it is creating: It is creating.");
    }

    @Test
    void saysWhyThereIsNoClient() {
        assertThat(TestCommands.run(terminal, "connect", "demo")).isEqualTo(1);

        assertThat(terminal.err()).contains("There is no MySQL. Nothing was changed. Install one.");
    }

    private int connect(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "connect";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return TestCommands.run(terminal, new Prepared(folder), all);
    }

    private record Prepared(Path home) implements MysqlInstaller {
        @Override
        public String name() {
            return "prepared";
        }

        @Override
        public Installation install(Progress progress) {
            return new Installation("9.7.4", home, name(), "It is there.");
        }

        @Override
        public Verdict examine() {
            return Verdict.usable("It is there.");
        }
    }
}
