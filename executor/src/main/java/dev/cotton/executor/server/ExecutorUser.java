package dev.cotton.executor.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The rule for the user that executor and mysqld run as. */
public final class ExecutorUser {
    private ExecutorUser() {}

    /** @throws ServerException when this process runs as root */
    public static void refuseRoot() {
        if (effectiveId() == 0) {
            throw new ServerException("The executor was started as root and refuses to run, because mysqld must never"
                    + " have root's rights. Nothing was started. Start it as an ordinary user, for instance with"
                    + " 'setpriv --reuid=cotton --regid=cotton --init-groups'.");
        }
    }

    private static int effectiveId() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("Uid:"))
                    .mapToInt(line -> Integer.parseInt(line.split("\\s+", -1)[2]))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
