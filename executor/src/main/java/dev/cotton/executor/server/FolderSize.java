package dev.cotton.executor.server;

import dev.cotton.core.model.DataSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * A folder whose size matters.
 *
 * @param except a folder in it that does not count
 */
public record FolderSize(Path root, Optional<Path> except) {
    /**
     * Bytes in all files. Looks at each of them: every few seconds is often enough. Links are not followed; what vanishes
     * meanwhile, or may not be looked at, does not count; nor does a folder that is not there.
     */
    public DataSize measured() {
        LongAdder bytes = new LongAdder();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return except.filter(folder::equals).isPresent()
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    bytes.add(attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException || e instanceof AccessDeniedException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new DataSize(bytes.sum());
    }
}
