package dev.cotton.executor.app.machine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The account that this process runs under.
 *
 * @param name for messages
 */
record Account(boolean root, String name) {
    private static final String CHECK = "user";

    /** @param root of the file system */
    static Account ofThisProcess(Path root) {
        String ids = ProcFile.field(root.resolve("proc/self/status"), "Uid:").orElse("");
        boolean isRoot = ids.matches("\\d+\\s+0\\s.*");
        return new Account(isRoot, System.getProperty("user.name", "?"));
    }

    /**
     * Whether servers can run unprivileged.
     *
     * @param user the account meant for them when this one is root
     * @param fileSystem its root
     */
    MachineCheck check(String user, Path fileSystem) {
        if (!root) {
            return MachineCheck.ok(CHECK, "Everything runs as the ordinary user " + name + ".");
        }
        if (!has(fileSystem, "setpriv")) {
            return MachineCheck.failed(
                    CHECK,
                    "MySQL does not run as root, and there is no setpriv to run it as somebody else.",
                    "Install the package util-linux, or start Cotton as an ordinary user.");
        }
        boolean exists =
                ProcFile.lines(fileSystem.resolve("etc/passwd")).stream().anyMatch(line -> line.startsWith(user + ":"));
        if (exists) {
            return MachineCheck.ok(CHECK, "Cotton runs as root, its executors and servers as the user " + user + ".");
        }
        return has(fileSystem, "useradd")
                ? MachineCheck.ok(
                        CHECK,
                        "Cotton runs as root, its executors and servers as the user " + user
                                + ", who is made when first needed.")
                : MachineCheck.failed(
                        CHECK,
                        "The user " + user
                                + " for executors and servers is missing, and there is no useradd to make it.",
                        "Make a system user of that name, or start Cotton as an ordinary user.");
    }

    private static boolean has(Path fileSystem, String program) {
        return List.of("usr/bin", "bin", "usr/sbin", "sbin", "usr/local/bin").stream()
                .anyMatch(
                        folder -> Files.isExecutable(fileSystem.resolve(folder).resolve(program)));
    }
}
