package dev.cotton.testing.executor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The empty data directories that mysqld takes seconds to initialise: the tests of one process that run as one user make
 * them once. Gone with the process. Thread-safe.
 */
public final class SharedTemplates {
    /** Of executors that a test starts itself. */
    static final SharedTemplates OF_EXECUTORS = new SharedTemplates();

    private final Path kept;

    /** Begins without any. */
    public SharedTemplates() {
        try {
            kept = Files.createTempDirectory("cotton-templates-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Shell.run("rm", "-rf", kept.toString())));
    }

    /** Puts what there is into an executor's folder of templates, which is made when it is missing. */
    public synchronized void bring(Path templates) {
        if (!of(kept).isEmpty() && of(templates).isEmpty()) {
            Shell.run("cp", "-a", kept + "/.", templates.toString());
        }
    }

    /** Keeps what was made in an executor's folder of templates. */
    public synchronized void keep(Path templates) {
        for (Path template : of(templates)) {
            if (Files.notExists(kept.resolve(template.getFileName()))) {
                Shell.run("cp", "-a", template.toString(), kept.toString());
            }
        }
    }

    /** Whole ones only. */
    private static List<Path> of(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.getFileName().toString().startsWith("mysql-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
