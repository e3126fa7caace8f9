package dev.cotton.executor.app;

import dev.cotton.core.mesos.Bytes;
import dev.cotton.core.mesos.TaskInfo;
import dev.cotton.core.port.Installation;
import dev.cotton.core.wire.ExecutorConfig;
import dev.cotton.core.wire.MesosTask;
import dev.cotton.executor.app.machine.MysqlChoice;
import dev.cotton.executor.app.machine.SharedFolder;
import dev.cotton.executor.provision.MysqlArchive;
import dev.cotton.executor.server.DataFolder;
import dev.cotton.executor.server.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes out of a task, its sandbox and its volume what an executor works with. Data, and what is saved of them, are on the
 * volume; MySQL and templates of data are where all executors of the agent share them; only the log is in the sandbox.
 * The configuration is kept in memory: an agent shows a sandbox's files to others.
 *
 * @param folder absolute
 * @param variables of the environment
 */
record MesosSandbox(Path folder, Map<String, String> variables) {
    /** The executor's log, in the sandbox. */
    static final String LOG = "executor.log";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /**
     * Provisions MySQL, which may take minutes.
     *
     * @throws IllegalArgumentException with a sentence, when the task is not one of Cotton's
     * @throws dev.cotton.core.port.MysqlInstallationException when there is no MySQL to be had
     */
    InstanceService prepare(TaskInfo launched) {
        MesosTask task = task(launched);
        Logger log = LoggerFactory.getLogger(MesosSandbox.class);
        log.info("Launched: {}", task);
        try {
            Path named = inside("volume", task.volume());
            boolean lasting = Files.isDirectory(named);
            Path volume = (lasting ? named : Files.createDirectories(named)).toRealPath();
            Path instance = volume.resolve("instance");
            linkLog(new DataFolder(instance));
            Path shared = SharedFolder.choose(variables, folder);
            Installation mysql = choice(task.mysql())
                    .installer(shared)
                    .install((step, share) ->
                            log.info("{}{}", step, share.isPresent() ? " " + share.getAsDouble() : ""));
            log.info("{}", mysql.why());
            removeArchive(task.mysql());
            Optional<Sandbox> sandbox = task.sandbox()
                    .map(allowance -> new Sandbox(folder, Optional.of(named).filter(_ -> lasting), allowance));
            return new InstanceService(config(task, volume, shared.resolve("templates"), mysql), sandbox);
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "The folders of " + task.instance() + " could not be made: " + failed.getMessage(), failed);
        }
    }

    private static MesosTask task(TaskInfo launched) {
        byte[] data = launched.data()
                .map(Bytes::decoded)
                .orElseThrow(() -> new IllegalArgumentException("data: the task has none, so it is none of Cotton's."));
        try {
            return Optional.ofNullable(JSON.readValue(data, MesosTask.class))
                    .orElseThrow(() -> new IllegalArgumentException("data: there is nothing in it."));
        } catch (JacksonException malformed) {
            // Its message would quote the token.
            throw new IllegalArgumentException("data: it cannot be understood (line "
                    + malformed.getLocation().getLineNr()
                    + "); scheduler and executor may be too far apart in version.");
        }
    }

    private Path inside(String field, String name) {
        Path path = folder.resolve(name).normalize();
        if (!path.startsWith(folder) || path.equals(folder)) {
            throw new IllegalArgumentException(field + ": a name in the sandbox, not '" + name + "'.");
        }
        return path;
    }

    /** Whoever asks an executor for its log looks for it in the instance's folder. */
    private void linkLog(DataFolder instance) throws IOException {
        instance.create();
        Files.deleteIfExists(instance.executorLog());
        Files.createSymbolicLink(instance.executorLog(), folder.resolve(LOG));
    }

    /** What is unpacked is not needed packed, and a sandbox has little room. */
    private void removeArchive(MesosTask.MysqlSource source) throws IOException {
        if (source instanceof MesosTask.Archive(String file, String _)) {
            Files.deleteIfExists(inside("mysql.file", file));
        }
    }

    private MysqlChoice choice(MesosTask.MysqlSource source) {
        return switch (source) {
            case MesosTask.Archive(String file, String sha256) ->
                MysqlChoice.of(new MysqlArchive(inside("mysql.file", file).toUri(), sha256));
            case MesosTask.Host(Optional<String> home) ->
                home.map(Path::of).map(MysqlChoice::at).orElseGet(() -> only("host"));
            case MesosTask.Debian() -> only("debian");
        };
    }

    private static MysqlChoice only(String source) {
        return new MysqlChoice(List.of(source), Optional.empty(), Optional.empty());
    }

    private static ExecutorConfig config(MesosTask task, Path volume, Path templates, Installation mysql) {
        return new ExecutorConfig(
                task.instance(),
                volume.resolve("instance").toString(),
                templates.toString(),
                Optional.of(volume.resolve("quarantine").toString()),
                new ExecutorConfig.Programs(
                        mysql.mysqld().toString(),
                        mysql.mysql().toString(),
                        mysql.mysqlbinlog().toString()),
                task.ports(),
                task.resources(),
                task.token());
    }
}
