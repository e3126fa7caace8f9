package dev.cotton.core.port;

import java.nio.file.Path;

/**
 * A MySQL that can be run. The programs are started by the paths given here; some are scripts that {@code exec} the real
 * program through its own loader, so that the process started is the program itself, under whatever name.
 *
 * @param version of the server, for instance {@code 9.7.4}
 * @param home absolute; the programs are in {@code bin} below it. The server finds its plugins and messages by itself
 * @param source the {@link MysqlInstaller#name} of the installer that it comes from
 * @param why this one is used; a sentence
 */
public record Installation(String version, Path home, String source, String why) {
    public Installation {
        if (!home.isAbsolute()) {
            throw new IllegalArgumentException(
                    "The home of an installation is an absolute path; '" + home + "' is not.");
        }
    }

    /** The server. */
    public Path mysqld() {
        return program("mysqld");
    }

    /** The command-line client. */
    public Path mysql() {
        return program("mysql");
    }

    /** The reader and fetcher of binary logs. */
    public Path mysqlbinlog() {
        return program("mysqlbinlog");
    }

    private Path program(String name) {
        return home.resolve("bin").resolve(name);
    }
}
