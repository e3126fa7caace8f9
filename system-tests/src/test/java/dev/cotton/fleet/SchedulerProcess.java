package dev.cotton.fleet;

import dev.cotton.cli.client.SchedulerAddress;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.core.wire.ExecutorConfig.Programs;
import dev.cotton.mysql.TestMysql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A scheduler in a process of its own. */
public final class SchedulerProcess {
    private final Process process;
    private final int port;
    private final SchedulerClient client;

    private SchedulerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
        this.client = new SchedulerClient(new SchedulerAddress(URI.create(url()), Optional.empty(), Optional.empty()));
    }

    /**
     * @param launchPrefix put before its command
     * @param arguments of {@link SchedulerMain}
     * @param port that its API gets by them
     */
    static SchedulerProcess start(List<String> launchPrefix, List<String> arguments, int port, Path log) {
        return start(launchPrefix, SchedulerMain.class, arguments, port, log);
    }

    /**
     * @param program whose main method runs a scheduler until a signal comes
     * @param port that its API gets by the arguments
     */
    public static SchedulerProcess start(Class<?> program, List<String> arguments, int port, Path log) {
        return start(List.of(), program, arguments, port, log);
    }

    private static SchedulerProcess start(
            List<String> launchPrefix, Class<?> program, List<String> arguments, int port, Path log) {
        Programs programs = TestMysql.programs();
        List<String> command = new ArrayList<>(launchPrefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dcotton.executor.package=" + Path.of(System.getProperty("cotton.executor.package")),
                "-Dcotton.test.mysqld=" + programs.mysqld(),
                "-Dcotton.test.mysql=" + programs.mysql(),
                "-Dcotton.test.mysqlbinlog=" + programs.mysqlbinlog(),
                program.getName()));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new SchedulerProcess(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public SchedulerClient client() {
        return client;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /** SIGTERM. */
    public void stop() {
        process.destroy();
        await();
    }

    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        Processes.signal(process.pid(), name);
    }

    private void await() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The scheduler does not end.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
