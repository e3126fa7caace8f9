package dev.cotton.scheduler.engine.local;

import dev.cotton.scheduler.engine.local.system.Account;
import dev.cotton.scheduler.engine.local.system.PlainFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The data folder as a whole. It has an id of its own, kept inside, by which it is known that the disk that holds it is
 * mounted: what is missing from another folder is not lost. Thread-safe.
 */
final class DataArea {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ID_BYTES = 6;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** What {@code data-folder.json} holds. */
    record Identity(String id) {}

    private final Path folder;
    private final String id;

    private DataArea(Path folder, String id) {
        this.folder = folder;
        this.id = id;
    }

    /**
     * Makes what is missing.
     *
     * @throws EngineException when it cannot be used by {@code account}
     */
    static DataArea open(Path folder, Account account) {
        try {
            Files.createDirectories(folder, permissions(account.other() ? "rwxr-xr-x" : "rwx------"));
            Path marker = folder.resolve("data-folder.json");
            if (!Files.exists(marker)) {
                writeNew(marker, new Identity(HexFormat.of().formatHex(randomBytes())));
            }
            DataArea area = new DataArea(
                    folder,
                    JSON.readValue(Files.readAllBytes(marker), Identity.class).id());
            Files.createDirectories(area.packages(), permissions("rwxr-xr-x"));
            Files.createDirectories(area.notes(), permissions("rwx------"));
            for (Path owned : List.of(area.instances(), area.bin(), area.templates(), area.quarantine())) {
                area.makeOwned(owned, account);
            }
            area.checkReachable(account);
            return area;
        } catch (IOException | JacksonException unusable) {
            throw new EngineException(
                    "The data folder " + folder + " cannot be used: " + unusable.getMessage()
                            + ". Nothing was started. Mend that, or name another folder with --data-dir.",
                    unusable);
        }
    }

    private static byte[] randomBytes() {
        byte[] bytes = new byte[ID_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    private static void writeNew(Path file, Identity identity) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.write(draft, JSON.writeValueAsBytes(identity), StandardOpenOption.CREATE, StandardOpenOption.SYNC);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void makeOwned(Path owned, Account account) throws IOException {
        Files.createDirectories(owned, permissions("rwx------"));
        if (account.other() && !Files.getAttribute(owned, "unix:uid").equals(account.uid())) {
            Files.setAttribute(owned, "unix:uid", account.uid());
            Files.setAttribute(owned, "unix:gid", account.gid());
        }
    }

    private void checkReachable(Account account) throws IOException {
        try {
            account.run(
                    LIMIT, "cd -- \"$1\" && test -w .", "", List.of(instances().toString()));
        } catch (IOException refused) {
            throw new IOException(
                    "the user '" + account.name() + "' that databases run as cannot reach " + instances()
                            + "; every folder above it has to let others pass (chmod o+x)",
                    refused);
        }
    }

    /** Names this folder, wherever it is mounted. */
    String id() {
        return id;
    }

    /** Whether it is still there, with the same id. */
    boolean mounted() {
        try {
            byte[] marker = PlainFile.read(folder.resolve("data-folder.json"));
            return JSON.readValue(marker, Identity.class).id().equals(id);
        } catch (IOException | JacksonException gone) {
            return false;
        }
    }

    long usableSpace() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    Path packages() {
        return folder.resolve("packages");
    }

    Path instances() {
        return folder.resolve("instances");
    }

    Path bin() {
        return folder.resolve("bin");
    }

    Path templates() {
        return folder.resolve("templates");
    }

    Path quarantine() {
        return folder.resolve("quarantine");
    }

    Path notes() {
        return folder.resolve("notes");
    }
}
