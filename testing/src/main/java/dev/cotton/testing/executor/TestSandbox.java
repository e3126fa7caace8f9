package dev.cotton.testing.executor;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import dev.cotton.core.wire.MesosTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A sandbox as a Mesos agent makes it, with a path as long as its are, and the executor's package in it: unpacked by tar
 * and started in a session of its own by a relative path, as an ordinary user and with nothing in the environment but what
 * an agent sets. Closing it kills what still runs.
 */
public final class TestSandbox implements AutoCloseable {
    /** A persistent volume, which outlives the sandbox. */
    public static final String VOLUME = "data";

    /** A folder of the sandbox, which is not there until somebody makes it; its path is as long as the sandbox's. */
    public static final String SCRATCH = "scratch";

    private static final int LIMIT_SECONDS = 120;

    private final Path home;
    private final Path sandbox;
    private final Path volume;
    private @Nullable Process process;

    /**
     * Sandboxes of one home share a volume, and MySQL.
     *
     * @param home a folder of the test's
     * @param executorPackage the tarball
     */
    public TestSandbox(Path home, Path executorPackage) {
        String agent = UUID.randomUUID() + "-S0";
        this.home = home;
        this.sandbox = home.resolve("slaves/" + agent + "/frameworks/" + UUID.randomUUID()
                + "-0000/executors/cotton-demo-0/runs/" + UUID.randomUUID());
        this.volume = home.resolve("volumes/roles/cotton/" + VOLUME);
        try {
            Files.createDirectories(sandbox);
            Files.createDirectories(volume);
            Files.createDirectories(shared().resolve("templates"));
            Files.createSymbolicLink(sandbox.resolve(VOLUME), volume);
            Shell.run("tar", "-C", sandbox.toString(), "-xzf", executorPackage.toString());
            SharedTemplates.OF_EXECUTORS.bring(shared().resolve("templates"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        OrdinaryUser.own(home);
    }

    private Path shared() {
        return home.resolve("shared");
    }

    /** What is in it can be read by the test. */
    public Path folder() {
        return sandbox;
    }

    /**
     * The task's data.
     *
     * @param place {@link #VOLUME} or {@link #SCRATCH}
     */
    public static byte[] data(InstanceId instance, Ports ports, MesosTask.MysqlSource mysql, String place) {
        return JsonMapper.builder()
                .build()
                .writeValueAsBytes(new MesosTask(
                        instance,
                        instance.cluster().value(),
                        ports,
                        Resources.ORDINARY,
                        TestExecutor.TOKEN,
                        place,
                        Optional.of(DataSize.ofMegabytes(1024)),
                        mysql));
    }

    /**
     * Starts the executor.
     *
     * @param more beside what an agent always sets, and instead of it
     */
    public void start(PlayedAgent agent, Map<String, String> more) {
        Map<String, String> variables = new TreeMap<>(Map.of(
                "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                "MESOS_AGENT_ENDPOINT", agent.endpoint(),
                "MESOS_CHECKPOINT", "1",
                "MESOS_DIRECTORY", sandbox.toString(),
                "MESOS_SANDBOX", sandbox.toString(),
                "MESOS_EXECUTOR_ID", "cotton-demo-0",
                "MESOS_FRAMEWORK_ID", "4992cac9-1ace-4cc8-849e-52613c6202ac-0000",
                "MESOS_RECOVERY_TIMEOUT", "15mins",
                "MESOS_SUBSCRIPTION_BACKOFF_MAX", "500ms",
                "COTTON_SHARED_FOLDER", shared().toString()));
        variables.put("MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD", "60secs");
        variables.putAll(more);
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(OrdinaryUser.prefix());
        command.addAll(List.of("/bin/sh", "-c", "exec cotton-executor/bin/cotton-executor"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(sandbox.toFile())
                .redirectOutput(sandbox.resolve("stdout").toFile())
                .redirectError(sandbox.resolve("stderr").toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Process process() {
        if (process == null) {
            throw new IllegalStateException("The executor in " + sandbox + " was not started.");
        }
        return process;
    }

    /** Waits for the executor's end, and gives its exit code. */
    public int exitCode() throws InterruptedException {
        if (!process().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The executor does not end. " + log());
        }
        return process().exitValue();
    }

    /** All that the executor has printed and logged. */
    public String log() {
        StringBuilder all = new StringBuilder();
        for (String name : List.of("stdout", "stderr", "executor.log")) {
            try {
                Path file = sandbox.resolve(name);
                all.append(Files.exists(file) ? Files.readString(file) : "");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all.toString();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
        }
        Leftovers.kill(volume.resolve("instance"));
        Leftovers.kill(sandbox.resolve(SCRATCH).resolve("instance"));
        SharedTemplates.OF_EXECUTORS.keep(shared().resolve("templates"));
    }
}
