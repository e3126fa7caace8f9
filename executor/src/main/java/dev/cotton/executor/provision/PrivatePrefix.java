package dev.cotton.executor.provision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a small self-contained MySQL out of unpacked packages: the programs and plugins that Cotton uses, exactly the
 * libraries that these need with the loader that fits them, and launchers. It runs on any machine of the same
 * architecture, whatever libraries that one has, and can be moved.
 *
 * <pre>
 * bin/        launchers
 * lib/        loader and libraries
 * usr/        programs, plugins, messages, licences: where the server looks for them, seen from its own place
 * </pre>
 */
final class PrivatePrefix {
    /** Programs that have to be there, by their place below {@code usr}. */
    private static final List<String> PROGRAMS =
            List.of("sbin/mysqld", "bin/mysql", "bin/mysqlbinlog", "bin/mysqldump", "bin/mysqladmin");

    /** Kept if they are there: some versions have them elsewhere, or not at all. */
    private static final List<String> MORE_PROGRAMS = List.of("bin/mysql_tzinfo_to_sql");

    private static final String PLUGINS = "usr/lib/mysql/plugin";
    private static final Pattern UNUSED_PLUGIN =
            Pattern.compile(".*(_client|telemetry|group_replication|test|adt_null|mypluglib).*");
    private static final Pattern LOADER = Pattern.compile("ld-linux.*\\.so\\.\\d+|ld64\\.so\\.\\d+");
    private static final Pattern LOADED = Pattern.compile("\\s*(\\S+) => (.+?)( \\(0x[0-9a-f]+\\))?");
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Path unpacked;
    private final Path prefix;

    /**
     * @param unpacked the root of the unpacked packages; parts of it are moved away
     * @param prefix where the result goes; does not exist yet, on the same file system
     */
    PrivatePrefix(Path unpacked, Path prefix) {
        this.unpacked = unpacked;
        this.prefix = prefix;
    }

    /** What the unpacked packages still lack; empty when {@link #assemble} can begin. */
    List<String> missing() {
        return Stream.concat(
                        PROGRAMS.stream().map(program -> "usr/" + program),
                        Programs.PLUGINS.stream().map(plugin -> PLUGINS + "/" + plugin))
                .filter(path -> !Files.isRegularFile(unpacked.resolve(path)))
                .toList();
    }

    /** @throws IOException also when a library is in none of the packages */
    void assemble() throws IOException {
        List<String> programs = Stream.concat(PROGRAMS.stream(), MORE_PROGRAMS.stream())
                .map(program -> "usr/" + program)
                .filter(program -> Files.isRegularFile(unpacked.resolve(program)))
                .toList();
        for (String program : programs) {
            move(program);
        }
        for (Path plugin : children(unpacked.resolve(PLUGINS))) {
            if (!UNUSED_PLUGIN.matcher(name(plugin)).matches()) {
                move(PLUGINS + "/" + name(plugin));
            }
        }
        moveMessages();
        moveLicences();
        Path loader = loader();
        Files.createDirectories(prefix.resolve("lib"));
        Files.createLink(prefix.resolve("lib").resolve(name(loader)), loader.toRealPath());
        for (String program : programs) {
            addLibraries(loader, prefix.resolve(program));
            Launcher.within(name(Path.of(program)), "lib/" + name(loader), "lib", program)
                    .write(prefix);
        }
        addLibrariesOfPlugins(loader);
    }

    private Path loader() throws IOException {
        for (Path folder : libraryFolders()) {
            for (Path file : children(folder)) {
                if (LOADER.matcher(name(file)).matches() && Files.isRegularFile(file)) {
                    return executable(file);
                }
            }
        }
        throw new IOException("The packages contain no dynamic loader.");
    }

    private Path executable(Path loader) throws IOException {
        if (!Files.isExecutable(loader)) {
            throw new IOException("No program can be run from " + unpacked.getParent()
                    + ": its file system is mounted with the option noexec. Another data folder is needed.");
        }
        return loader;
    }

    /** Where distributions keep libraries: in one folder for each architecture, and private ones of MySQL. */
    private List<Path> libraryFolders() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (String parent : List.of("usr/lib", "lib")) {
            Path folder = unpacked.resolve(parent);
            children(folder).stream()
                    .filter(child -> name(child).endsWith("-linux-gnu"))
                    .forEach(folders::add);
            folders.add(folder);
        }
        folders.add(unpacked.resolve("usr/lib/mysql/private"));
        return folders.stream().filter(Files::isDirectory).toList();
    }

    /** Of the messages in many languages, the English ones are kept. */
    private void moveMessages() throws IOException {
        for (Path share : children(unpacked.resolve("usr/share"))) {
            if (!name(share).startsWith("mysql")) {
                continue;
            }
            for (Path entry : children(share)) {
                boolean translated = Files.exists(entry.resolve("errmsg.sys"))
                        && !name(entry).equals("english");
                if (!translated) {
                    move(unpacked.relativize(entry).toString());
                }
            }
        }
    }

    private void moveLicences() throws IOException {
        for (Path documents : children(unpacked.resolve("usr/share/doc"))) {
            Path licence = documents.resolve("copyright");
            if (Files.isRegularFile(licence, LinkOption.NOFOLLOW_LINKS)) {
                move(unpacked.relativize(licence).toString());
            }
        }
    }

    /** A plugin that Cotton does not need is left out when its libraries are not there. */
    private void addLibrariesOfPlugins(Path loader) throws IOException {
        for (Path plugin : children(prefix.resolve(PLUGINS))) {
            try {
                addLibraries(loader, plugin);
            } catch (IOException missing) {
                if (Programs.PLUGINS.contains(name(plugin))) {
                    throw missing;
                }
                Files.delete(plugin);
            }
        }
    }

    private void addLibraries(Path loader, Path binary) throws IOException {
        List<Path> folders = libraryFolders();
        String path = folders.stream().map(Path::toString).collect(Collectors.joining(":"));
        Command.Outcome listed = Command.of(
                        LIMIT,
                        loader.toString(),
                        "--inhibit-cache",
                        "--library-path",
                        path,
                        "--list",
                        binary.toString())
                .run();
        if (!listed.succeeded()) {
            throw new IOException(name(binary) + " cannot be loaded: " + listed.lastLine());
        }
        for (String line : listed.lines()) {
            Matcher library = LOADED.matcher(line);
            if (library.matches() && !library.group(1).contains("/")) {
                addLibrary(binary, library.group(1), library.group(2));
            }
        }
    }

    private void addLibrary(Path binary, String name, String place) throws IOException {
        if (!place.startsWith(unpacked + "/")) {
            throw new IOException(name(binary) + " needs " + name + ", which is in none of the packages.");
        }
        Path target = prefix.resolve("lib").resolve(name);
        if (!Files.exists(target)) {
            Files.createLink(target, Path.of(place).toRealPath());
        }
    }

    private void move(String path) throws IOException {
        Path target = prefix.resolve(path);
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.move(unpacked.resolve(path), target);
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
