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

    private final Program program;
    private final Path folder;
    private final int port;
    private final Process process;

    private FloorServer(Program program, Path folder, int port, Process process) {
        this.program = program;
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /**
     * How servers are run.
     *
     * @param asUser what a command begins with to be run by the unprivileged user
     * @param template a folder as servers begin with, and their options
     */
    record Program(Installation mysql, List<String> asUser, Path template) {
        Program {
            asUser = List.copyOf(asUser);
        }

        /**
         * Starts one on a copy of the template and does not wait for it.
         *
         * @param folder is made by the user, who can write where it is to be
         */
        FloorServer startNew(Path folder, int port) throws IOException {
            List<String> copied = List.of("/bin/sh", "-euc", START, "floor", template.toString(), folder.toString());
            return start(copied, folder, port);
        }

        /**
         * Starts one on the data in {@code mysql} of a folder and does not wait for it.
         *
         * @param folder belongs to the user
         */
        FloorServer startOn(Path folder, int port) throws IOException {
            return start(List.of(), folder, port);
        }

        private FloorServer start(List<String> before, Path folder, int port) throws IOException {
            List<String> command = new ArrayList<>(asUser);
            command.addAll(before);
            command.addAll(List.of(
                    mysql.mysqld().toString(),
                    "--defaults-file=" + template.resolve("floor.cnf"),
                    "--datadir=" + folder.resolve("mysql"),
                    "--socket=" + socket(folder),
                    "--pid-file=" + folder.resolve("pid"),
                    "--log-error=" + folder.resolve("log"),
                    "--port=" + port,
                    "--server-id=" + port));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put(InstanceFolder.MARK, folder.toString());
            return new FloorServer(this, folder, port, builder.start());
        }
    }

    /** Waits until it has ended by itself. */
    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new Failure(ExitCode.TIMEOUT, "A mysqld of the floor does not end.");
        }
    }

    /** Starts it on its data again, once it has ended. */
    FloorServer again() throws IOException {
        return program.startOn(folder, port);
    }

    private static Path socket(Path folder) {
        return folder.resolve("s");
    }

    Path folder() {
        return folder;
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
                        program.mysql().mysql().toString(),
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
