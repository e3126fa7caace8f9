package dev.cotton.executor.app;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads what a {@link Rehearsal} without a MySQL server cannot reach: the rest of the executor, and of the driver all but
 * its second protocol.
 */
final class EveryClass {
    private static final String SUFFIX = ".class";

    private EveryClass() {}

    /**
     * @param one a class of the jar or folder
     * @param except what the names of classes to be left out contain
     */
    static void besides(Class<?> one, List<String> except) throws IOException {
        Path source =
                Path.of(one.getProtectionDomain().getCodeSource().getLocation().getPath());
        if (Files.isDirectory(source)) {
            load(source, except);
            return;
        }
        try (FileSystem jar = FileSystems.newFileSystem(source)) {
            load(jar.getPath("/"), except);
        }
    }

    private static void load(Path root, List<String> except) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            all.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(SUFFIX) && !file.startsWith("META-INF") && !file.contains("-info"))
                    .map(file ->
                            file.substring(0, file.length() - SUFFIX.length()).replace('/', '.'))
                    .filter(name -> except.stream().noneMatch(name::contains))
                    .forEach(EveryClass::load);
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name);
        } catch (ClassNotFoundException | LinkageError needsWhatIsNotShipped) {
            System.out.println("Left out: " + name);
        }
    }
}
