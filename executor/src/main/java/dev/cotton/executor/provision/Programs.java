package dev.cotton.executor.provision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The programs of one MySQL, and the folders in which its plugins may be; enough to tell whether it is whole and works.
 */
record Programs(Path mysqld, Path mysql, Path mysqlbinlog, List<Path> pluginFolders) {
    /** Plugins and components that lossless replication, cloning and the server itself cannot do without. */
    static final List<String> PLUGINS =
            List.of("semisync_source.so", "semisync_replica.so", "mysql_clone.so", "component_reference_cache.so");

    private static final List<String> PLUGIN_FOLDERS =
            List.of("lib/plugin", "lib/mysql/plugin", "lib64/mysql/plugin", "lib64/plugin", "usr/lib/mysql/plugin");
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    /** What {@link #check} found. */
    sealed interface Finding {}

    /** Everything is there and runs. */
    record Works(ServerVersion version) implements Finding {}

    /**
     * Cannot be used.
     *
     * @param problem a clause about what is wrong, starting with the path that it is about
     */
    record Broken(String problem) implements Finding {}

    Programs {
        pluginFolders = List.copyOf(pluginFolders);
    }

    /** The programs in {@code bin} below {@code home}. */
    static Programs below(Path home) {
        Path bin = home.resolve("bin");
        return new Programs(
                bin.resolve("mysqld"), bin.resolve("mysql"), bin.resolve("mysqlbinlog"), pluginFoldersBelow(home));
    }

    static List<Path> pluginFoldersBelow(Path home) {
        return PLUGIN_FOLDERS.stream().map(home::resolve).toList();
    }

    /** Runs each program once and looks for the plugins. */
    Finding check() {
        Finding server = check(mysqld);
        return switch (server) {
            case Broken broken -> broken;
            case Works works ->
                Stream.of(check(mysql), check(mysqlbinlog), checkPlugins(works))
                        .filter(Broken.class::isInstance)
                        .findFirst()
                        .orElse(works);
        };
    }

    private static Finding check(Path program) {
        if (!Files.isExecutable(program)) {
            return new Broken(program + " is missing or cannot be executed");
        }
        Command.Outcome outcome;
        try {
            outcome = Command.of(ANSWER_LIMIT, program.toString(), "--version").run();
        } catch (IOException failed) {
            return new Broken(program + " does not run: " + failed.getMessage());
        }
        if (!outcome.succeeded()) {
            return new Broken(program + " does not run: " + outcome.lastLine());
        }
        Optional<ServerVersion> version = ServerVersion.ofBanner(outcome.output());
        return version.flatMap(ServerVersion::refusal)
                .<Finding>map(refusal -> new Broken(program + " " + refusal))
                .or(() -> version.map(Works::new))
                .orElseGet(() -> new Broken(program + " does not say that it is MySQL: " + outcome.lastLine()));
    }

    private Finding checkPlugins(Works server) {
        List<String> missing = PLUGINS.stream()
                .filter(plugin -> pluginFolders.stream().noneMatch(folder -> Files.isReadable(folder.resolve(plugin))))
                .toList();
        return missing.isEmpty() ? server : new Broken(mysqld + " comes without " + String.join(", ", missing));
    }
}
