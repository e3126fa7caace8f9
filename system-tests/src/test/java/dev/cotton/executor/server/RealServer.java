package dev.cotton.executor.server;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import dev.cotton.executor.provision.FileTree;
import dev.cotton.mysql.TestMysql;
import dev.cotton.testing.executor.FreePorts;
import dev.cotton.testing.executor.TestAuthority;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A folder of one instance with the real mysqld, which runs as {@code nobody} when the test runs as root. One account,
 * {@code tester}, may do everything over the socket. Closing it kills mysqld and removes the folder.
 */
final class RealServer implements Mysqld.Listener, AutoCloseable {
    static final Resources SMALLEST = Resources.ORDINARY;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** @param nanos when it was told, as {@link System#nanoTime} */
    record Told(@Nullable Exit exit, long restartedAs, long nanos) {}

    private final Path home;
    private final Ports ports = FreePorts.onLoopback();
    private final BlockingQueue<Told> news = new LinkedBlockingQueue<>();
    private DataFolder folder;
    private Mysqld mysqld;

    /** @param beforehand shell commands that mysqld's process runs first */
    RealServer(String beforehand) throws IOException {
        home = Files.createTempDirectory(Path.of("/var/tmp"), "cotton-server-");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
        Files.createDirectory(home.resolve("templates"));
        Files.writeString(program(), """
                #!/bin/sh
                if [ "$(id -u)" = 0 ]; then
                    for word; do
                        case $word in
                            --defaults-file=*|--datadir=*) path=${word#*=}; chown -R nobody:nogroup "${path%%/*}" ;;
                        esac
                    done
                    %s
                    exec setpriv --reuid=nobody --regid=nogroup --clear-groups '%s' "$@"
                fi
                exec '%2$s' "$@"
                """.formatted(beforehand, TestMysql.programs().mysqld()));
        Files.setPosixFilePermissions(program(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(accounts(), "SET sql_log_bin=0;\n"
                + "CREATE USER IF NOT EXISTS 'tester'@'localhost' IDENTIFIED BY 'test';\n"
                + "GRANT ALL ON *.* TO 'tester'@'localhost' WITH GRANT OPTION;\n");
        folder = new DataFolder(home.resolve("the instance"));
        mysqld = new Mysqld(program(), folder, this);
    }

    private Path program() {
        return home.resolve("mysqld");
    }

    private Path accounts() {
        return home.resolve("accounts.sql");
    }

    DataFolder folder() {
        return folder;
    }

    Mysqld mysqld() {
        return mysqld;
    }

    Ports ports() {
        return ports;
    }

    /** Gives it data and a certificate. */
    RealServer fill() throws InterruptedException, IOException {
        folder.create();
        templates().fill(folder);
        certify();
        return this;
    }

    Templates templates() {
        return new Templates(home.resolve("templates"), program());
    }

    private void certify() throws IOException {
        try {
            TestAuthority authority = new TestAuthority(Files.createDirectory(home.resolve("authority")));
            KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
            Base64.Encoder base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
            Files.writeString(folder.authority(), authority.certificate());
            Files.writeString(
                    folder.certificate(),
                    authority.sign(
                            "test",
                            "127.0.0.1",
                            Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())));
            Files.writeString(
                    folder.privateKey(),
                    "-----BEGIN PRIVATE KEY-----\n"
                            + base64.encodeToString(pair.getPrivate().getEncoded())
                            + "\n-----END PRIVATE KEY-----\n");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts mysqld and waits until it answers. */
    long start(Durability durability, Map<String, String> options) throws InterruptedException, IOException {
        new OptionFile(ports, SMALLEST, durability, options).write(folder);
        long id = mysqld.start(List.of("--init-file=" + accounts()));
        awaitAnswer();
        return id;
    }

    long start() throws InterruptedException, IOException {
        return start(Durability.LOSSLESS, Map.of());
    }

    void awaitAnswer() {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            if (mysqld.processId().isEmpty()) {
                throw new AssertionError("mysqld ended: " + Files.readString(folder.mysqldLog()));
            }
            return client("tester", "SELECT 1").waitFor() == 0;
        });
    }

    /** Another supervisor takes mysqld over. */
    Mysqld.Found succeed() throws InterruptedException {
        mysqld.close();
        mysqld = new Mysqld(program(), folder, this);
        return mysqld.adopt();
    }

    /** The instance goes elsewhere; mysqld must not run. */
    void move() throws IOException {
        mysqld.close();
        folder = new DataFolder(Files.move(folder.root(), home.resolve("another place")));
        mysqld = new Mysqld(program(), folder, this);
    }

    /** The rows that a statement gives, columns with tabs. */
    List<String> ask(String statement) throws IOException, InterruptedException {
        Process client = client("tester", statement);
        String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (client.waitFor() != 0) {
            throw new AssertionError(statement + ": " + output);
        }
        return output.lines().toList();
    }

    /** A mysql client on the socket, whose name may be too long from elsewhere. */
    Process client(String user, String statement) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        TestMysql.programs().mysql(),
                        "--no-defaults",
                        "--socket=mysqld.sock",
                        "--user=" + user,
                        "--batch",
                        "--skip-column-names",
                        "--execute=" + statement)
                .directory(folder.run().toFile())
                .redirectErrorStream(true);
        builder.environment().put("MYSQL_PWD", user.equals("tester") ? "test" : "");
        return builder.start();
    }

    /** Runs sysbench with the words, on the socket; its exit code. */
    int sysbench(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "sysbench",
                "oltp_read_write",
                "--db-driver=mysql",
                "--mysql-socket=mysqld.sock",
                "--mysql-user=tester",
                "--mysql-password=test",
                "--tables=4",
                "--table-size=50000"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .directory(folder.run().toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(home.resolve("sysbench.out").toFile()))
                .start()
                .waitFor();
    }

    String sysbenchOutput() throws IOException {
        return Files.readString(home.resolve("sysbench.out"));
    }

    @Override
    public void exited(Exit exit) {
        news.add(new Told(exit, 0, System.nanoTime()));
    }

    @Override
    public void restarted(long processId) {
        news.add(new Told(null, processId, System.nanoTime()));
    }

    Told next() throws InterruptedException {
        Told told = news.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (told == null) {
            throw new AssertionError("Nothing was told within " + PATIENCE + ".");
        }
        return told;
    }

    /** What mysqld has in memory. */
    DataSize resident() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + mysqld.processId().orElseThrow() + "/status"))) {
            return new DataSize(lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .sum()
                    * 1024);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        mysqld.kill();
        mysqld.awaitExit(PATIENCE);
        mysqld.close();
        new FileTree(home).delete();
    }

}
