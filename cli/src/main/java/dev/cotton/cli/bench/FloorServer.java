package dev.cotton.cli.bench;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.core.port.Installation;
import dev.cotton.core.wire.InstanceFolder;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One mysqld that is run by hand, as an unprivileged user. Used by one thread at a time. */
final class FloorServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STATEMENT_LIMIT = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(10);

    /** Copies the template, {@code $1}, to {@code $2}, and becomes what the other arguments say. */
    private static final String START = """
            umask 077
            cp -R --sparse=always -- "$1" "$2"
            shift 2
            exec "$@"
            """;

    private final Installation mysql;
    private final Path folder;
    private final int port;
    private final Process process;

    private FloorServer(Installation mysql, Path folder, int port, Process process) {
        this.mysql = mysql;
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts one and does not wait for it.
     *
     * @param asUser what a command begins with to be run by the unprivileged user
     * @param folder is made by that user, who can write where it is to be
     */
    static FloorServer start(Installation mysql, List<String> asUser, Path template, Path folder, int port)
            throws IOException {
        List<String> command = new ArrayList<>(asUser);
        command.addAll(List.of("/bin/sh", "-euc", START, "floor", template.toString(), folder.toString()));
        command.addAll(List.of(
                mysql.mysqld().toString(),
                "--defaults-file=" + template.resolve("floor.cnf"),
                "--datadir=" + folder.resolve("mysql"),
                "--socket=" + socket(folder),
                "--pid-file=" + folder.resolve("pid"),
                "--log-error=" + folder.resolve("log"),
                "--port=" + port,
                "--server-id=" + port));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put(InstanceFolder.MARK, folder.toString());
        return new FloorServer(mysql, folder, port, builder.start());
    }

    private static Path socket(Path folder) {
        return folder.resolve("s");
    }

    int port() {
        return port;
    }

    /** Waits until it greets a client. */
    void awaitGreeting() throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!greets()) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new Failure(
                        ExitCode.FAILED,
                        "A mysqld of the floor did not start; its log was " + folder.resolve("log") + ".");
            }
            Thread.sleep(LOOK);
        }
    }

    private boolean greets() {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket(folder)))) {
            return channel.read(ByteBuffer.allocate(1)) == 1;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Runs statements with the command-line client, and returns what they answer without headings. */
    String sql(String statements) throws IOException, InterruptedException {
        Process client = new ProcessBuilder(
                        mysql.mysql().toString(),
                        "--no-defaults",
                        "--batch",
                        "--skip-column-names",
                        "--user=root",
                        "--socket=" + socket(folder))
                .redirectErrorStream(true)
                .start();
        try {
            client.getOutputStream().write(statements.getBytes(StandardCharsets.UTF_8));
            client.getOutputStream().close();
            boolean ended = client.waitFor(STATEMENT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            String answer = ended ? new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8) : "";
            if (!ended || client.exitValue() != 0) {
                throw new Failure(
                        ExitCode.FAILED, "A statement of the floor " + (ended ? "failed: " + answer : "hangs."));
            }
            return answer.strip();
        } finally {
            client.destroyForcibly();
        }
    }

    /** Kills it. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
