package dev.cotton.scheduler.engine.local;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.ExecutorConfig;
import dev.cotton.core.wire.ExecutorConfig.Programs;
import dev.cotton.core.wire.InstanceFolder;
import dev.cotton.core.wire.ProcessFile;
import dev.cotton.scheduler.engine.local.system.Account;
import dev.cotton.scheduler.engine.local.system.PlainFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folders of instances. What is inside them is written and destroyed by the account only; a process of another user
 * that follows a link there could be led astray. Calls for one instance come from one thread.
 */
final class InstanceStorage {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CONFIG = "config.json";

    private static final Duration SHORT = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(10);

    private static final String PREPARE = """
            umask 077
            for program in "$3" "$4" "$5"; do
                test -x "$program" || { echo "$(id -un) cannot run $program"; exit 1; }
            done
            rm -rf -- "$1"
            mkdir -- "$1" "$1/$2"
            cat >"$1/config.json"
            """;

    private final DataArea area;
    private final Account account;
    private final Supplier<Programs> programs;

    /** @param programs of MySQL; asked when an instance is prepared, may take long, throws when there are none */
    InstanceStorage(DataArea area, Account account, Supplier<Programs> programs) {
        this.area = area;
        this.account = account;
        this.programs = programs;
    }

    DataArea area() {
        return area;
    }

    /** The instance's own folder. */
    Path home(InstanceId id) {
        return area.instances().resolve(id.toString());
    }

    Path config(InstanceId id) {
        return home(id).resolve(CONFIG);
    }

    /** What is saved of the cluster with that uid, whichever instance it was. */
    private Path quarantine(String cluster) {
        return area.quarantine().resolve(cluster);
    }

    private Path draft(InstanceId id) {
        return area.instances().resolve(".new-" + id);
    }

    private Path binned(InstanceId id) {
        return area.bin().resolve(id.toString());
    }

    /** Makes a folder that {@link #settle} puts into its place; one from before that never got there is replaced. */
    void prepare(PlacedInstance placed, String token) throws IOException {
        Programs found = programs.get();
        ExecutorConfig config = new ExecutorConfig(
                placed.id(),
                home(placed.id()).toString(),
                area.templates().toString(),
                Optional.of(quarantine(placed.cluster()).toString()),
                found,
                placed.ports(),
                placed.resources(),
                token);
        account.run(
                SHORT,
                PREPARE,
                JSON.writeValueAsString(config),
                List.of(
                        draft(placed.id()).toString(),
                        InstanceFolder.PROCESSES,
                        found.mysqld(),
                        found.mysql(),
                        found.mysqlbinlog()));
    }

    /** Whether a folder is in the instance's place. */
    boolean present(InstanceId id) {
        return Files.isDirectory(home(id), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Puts the instance's folder in its place: the prepared one, or the one from the bin.
     *
     * @return whether it is there now
     */
    boolean settle(InstanceId id) throws IOException {
        if (!present(id)) {
            move(draft(id), home(id));
            move(binned(id), home(id));
        }
        return present(id);
    }

    /**
     * Puts the instance's folder into the bin.
     *
     * @return whether it is there now
     */
    boolean bin(InstanceId id) throws IOException {
        settle(id);
        move(home(id), binned(id));
        return Files.isDirectory(binned(id), LinkOption.NOFOLLOW_LINKS);
    }

    private static void move(Path from, Path to) throws IOException {
        if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS) && !Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /**
     * Whether what is in the instance's place is what was there before: the folder, and its data if it ever had any.
     * Notes that it has data.
     */
    boolean whole(InstanceId id) throws IOException {
        boolean data = Files.isDirectory(home(id).resolve(InstanceFolder.DATA), LinkOption.NOFOLLOW_LINKS);
        Path note = hadData(id);
        if (data && !Files.exists(note)) {
            Files.createFile(note);
        }
        return present(id) && (data || !Files.exists(note));
    }

    private Path hadData(InstanceId id) {
        return area.notes().resolve(id + ".had-data");
    }

    /** Where a launch writes what it has to say before the executor writes its own output. */
    Path launchOutput(InstanceId id) {
        return area.notes().resolve(id + ".launch");
    }

    /** Destroys all folders of the instance. However often. */
    void destroy(InstanceId id) throws IOException {
        remove(List.of(draft(id), home(id), binned(id)));
        Files.deleteIfExists(launchOutput(id));
        Files.deleteIfExists(hadData(id));
    }

    /** Destroys what is saved of the cluster with that uid. However often. */
    void destroyQuarantine(String cluster) throws IOException {
        remove(List.of(quarantine(cluster)));
    }

    private void remove(List<Path> folders) throws IOException {
        if (folders.stream().anyMatch(folder -> Files.exists(folder, LinkOption.NOFOLLOW_LINKS))) {
            account.run(
                    LONG,
                    "rm -rf -- \"$@\"",
                    "",
                    folders.stream().map(Path::toString).toList());
        }
    }

    /** The executor that was started last, as its file says. */
    Optional<ProcessFile> executor(InstanceId id) {
        return read(home(id).resolve(InstanceFolder.PROCESSES).resolve(InstanceFolder.EXECUTOR_PROCESS));
    }

    /** All processes that have a file. */
    List<ProcessFile> processes(InstanceId id) throws IOException {
        Path folder = home(id).resolve(InstanceFolder.PROCESSES);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (var files = Files.newDirectoryStream(folder, "*.json")) {
            List<ProcessFile> found = new ArrayList<>();
            files.forEach(file -> read(file).ifPresent(found::add));
            return found;
        }
    }

    private static Optional<ProcessFile> read(Path file) {
        try {
            return Optional.of(JSON.readValue(PlainFile.read(file), ProcessFile.class));
        } catch (IOException | JacksonException absentOrTorn) {
            return Optional.empty();
        }
    }
}
