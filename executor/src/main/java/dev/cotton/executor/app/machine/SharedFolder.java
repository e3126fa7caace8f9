package dev.cotton.executor.app.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where the executors of one user share what is large and never changes once it is there: MySQL, and templates of data. */
public final class SharedFolder {
    /** The environment variable that names one. */
    public static final String VARIABLE = "COTTON_SHARED_FOLDER";

    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private SharedFolder() {}

    /**
     * The one that the environment names, or one for this user in the usual places; {@code own} when there is none that
     * nobody else can write.
     *
     * @throws IllegalArgumentException when the one that is named cannot be used
     */
    public static Path choose(Map<String, String> variables, Path own) throws IOException {
        Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        String named = variables.get(VARIABLE);
        if (named != null) {
            return usable(Path.of(named), user)
                    .orElseThrow(() -> new IllegalArgumentException(VARIABLE + ": " + named + " is not a folder that"
                            + " belongs to the executors' user and that nobody else can write. Nothing was started."));
        }
        for (String place : List.of("/var/lib", "/var/tmp")) {
            Optional<Path> shared = usable(Path.of(place, "cotton-" + user), user);
            if (shared.isPresent()) {
                return shared.get();
            }
        }
        return own;
    }

    /** safety: what is in it is run, so nobody else may have made it, or be able to change it. */
    private static Optional<Path> usable(Path folder, Object user) {
        try {
            if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            boolean ours = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && user.equals(Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS))
                    && Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).stream()
                            .noneMatch(OTHERS::contains);
            return ours && Files.isWritable(folder) ? Optional.of(folder.toAbsolutePath()) : Optional.empty();
        } catch (IOException unusable) {
            return Optional.empty();
        }
    }
}
