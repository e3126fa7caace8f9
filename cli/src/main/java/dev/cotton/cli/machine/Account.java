package dev.cotton.cli.machine;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The account that this command runs under, and where things of its own go. */
public final class Account {
    /** The environment variable that names the data folder when no option does. */
    public static final String DATA_FOLDER = "COTTON_DATA_DIR";

    private Account() {}

    public static boolean isRoot() {
        return userId() == 0;
    }

    public static int userId() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED, "/proc cannot be read (" + e.getMessage() + "). Cotton runs on Linux.", e);
        }
    }

    /** {@code HOME}, or what the list of users says. */
    public static Path home(Map<String, String> environment) {
        return Path.of(set(environment, "HOME", System.getProperty("user.home", "/")));
    }

    /** The data folder when none is given: {@code COTTON_DATA_DIR}, else the usual place for root or for this user. */
    public static DataFolder dataFolder(Map<String, String> environment) {
        String given = environment.getOrDefault(DATA_FOLDER, "");
        if (!given.isEmpty()) {
            return new DataFolder(Path.of(given));
        }
        if (isRoot()) {
            return new DataFolder(Path.of("/var/lib/cotton"));
        }
        String local = home(environment).resolve(".local/share").toString();
        return new DataFolder(Path.of(set(environment, "XDG_DATA_HOME", local)).resolve("cotton"));
    }

    /** The folder for this user's configuration. */
    public static Path configuration(Map<String, String> environment) {
        return Path.of(set(
                environment,
                "XDG_CONFIG_HOME",
                home(environment).resolve(".config").toString()));
    }

    /** A folder for what lasts as long as a session; private on machines with systemd. */
    public static Path runtime(Map<String, String> environment) {
        return Path.of(set(environment, "XDG_RUNTIME_DIR", System.getProperty("java.io.tmpdir", "/tmp")));
    }

    private static String set(Map<String, String> environment, String name, String otherwise) {
        String value = environment.getOrDefault(name, "");
        return value.isEmpty() ? otherwise : value;
    }
}
