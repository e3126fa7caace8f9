package dev.cotton.testing.executor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/** The user that executors and mysqlds of a test run as: {@code nobody} when the test runs as root. */
final class OrdinaryUser {
    private OrdinaryUser() {}

    private static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    /** What goes before a command. */
    static List<String> prefix() {
        return root() ? List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups") : List.of();
    }

    /** Gives a folder and all in it to that user, and lets him get there. */
    static void own(Path folder) {
        if (root()) {
            Shell.run("chown", "-R", "nobody:nogroup", folder.toString());
            for (Path way = folder.getParent(); way != null; way = way.getParent()) {
                openToPassers(way);
            }
        }
    }

    private static void openToPassers(Path folder) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
            if (permissions.add(PosixFilePermission.OTHERS_EXECUTE)) {
                Files.setPosixFilePermissions(folder, permissions);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
