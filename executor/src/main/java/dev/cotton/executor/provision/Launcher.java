package dev.cotton.executor.provision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A small script in {@code bin} that becomes a program by {@code exec}, so that the process keeps its id and its parent.
 *
 * @param name of the script
 * @param text of the script
 */
record Launcher(String name, String text) {

    /** Becomes {@code program}, which stays where it is. */
    static Launcher to(String name, Path program) {
        return new Launcher(name, "#!/bin/sh\nexec " + quoted(program.toString()) + " \"$@\"\n");
    }

    /**
     * Becomes a program of the same folder with the folder's own loader and libraries, wherever the folder is.
     *
     * @param loader path of the dynamic loader below the folder
     * @param libraries path of the libraries below the folder
     * @param program path of the program below the folder
     */
    static Launcher within(String name, String loader, String libraries, String program) {
        return new Launcher(name, """
                #!/bin/sh
                self=$(readlink -f -- "$0") || exit 127
                home=${self%%/bin/%s}
                exec "$home/%s" --library-path "$home/%s" --argv0 "$home/%s" "$home/%s" "$@"
                """.formatted(name, loader, libraries, program, program));
    }

    /** Writes the script into {@code bin} below {@code home}. */
    void write(Path home) throws IOException {
        Path script = Files.createDirectories(home.resolve("bin")).resolve(name);
        Files.writeString(script, text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Whether {@code bin} below {@code home} has exactly this script. */
    boolean isIn(Path home) throws IOException {
        Path script = home.resolve("bin").resolve(name);
        return Files.isExecutable(script) && Files.readString(script).equals(text);
    }

    private static String quoted(String path) {
        return "'" + path.replace("'", "'\\''") + "'";
    }
}
