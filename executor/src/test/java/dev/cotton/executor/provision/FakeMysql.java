package dev.cotton.executor.provision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders that look like a MySQL: scripts that print a banner, and empty plugins. */
final class FakeMysql {
    private FakeMysql() {}

    /** A whole one, with everything in {@code bin} and {@code lib/plugin}. */
    static Path whole(Path home, String version) throws IOException {
        for (String program : new String[] {"mysqld", "mysql", "mysqlbinlog"}) {
            program(home.resolve("bin"), program, mysql(program, version));
        }
        plugins(home.resolve("lib/plugin"));
        return home;
    }

    static String mysql(String program, String version) {
        return program + "  Ver " + version + " for Linux on x86_64 (MySQL Community Server - GPL)";
    }

    static Path program(Path folder, String name, String banner) throws IOException {
        Path script = Files.createDirectories(folder).resolve(name);
        Files.writeString(script, "#!/bin/sh\necho '" + banner + "'\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    static void plugins(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String plugin : Programs.PLUGINS) {
            Files.createFile(folder.resolve(plugin));
        }
    }
}
