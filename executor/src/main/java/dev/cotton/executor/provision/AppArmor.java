package dev.cotton.executor.provision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The kernel's AppArmor, which some distributions use to keep their own mysqld inside {@code /var/lib/mysql}.
 *
 * @param profiles the folder of profiles, named after the program's path
 * @param enabled the kernel's file that starts with Y when AppArmor is in force
 */
record AppArmor(Path profiles, Path enabled) {

    static AppArmor ofThisMachine() {
        return new AppArmor(Path.of("/etc/apparmor.d"), Path.of("/sys/module/apparmor/parameters/enabled"));
    }

    /** Whether {@code program} would be kept from a data folder of Cotton's. */
    boolean confines(Path program) {
        String profile = program.toString().substring(1).replace('/', '.');
        return inForce()
                && Files.exists(profiles.resolve(profile))
                && !Files.exists(profiles.resolve("disable").resolve(profile));
    }

    private boolean inForce() {
        try {
            return Files.readString(enabled).startsWith("Y");
        } catch (IOException _) {
            return false;
        }
    }
}
