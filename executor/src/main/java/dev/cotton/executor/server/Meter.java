package dev.cotton.executor.server;

import dev.cotton.core.model.DataSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/** Measures what an instance uses. Thread-safe. */
public final class Meter {
    private static final Path OWN_STATUS = Path.of("/proc/self/status");

    private final DataFolder folder;
    private final DataSize allowance;

    /** @param allowance the disk that the instance may use */
    public Meter(DataFolder folder, DataSize allowance) {
        this.folder = folder;
        this.allowance = allowance;
    }

    /** Resident memory of this process and, while it runs, mysqld. */
    public DataSize memory(OptionalLong mysqld) {
        long ofMysqld = mysqld.isPresent() ? resident(Path.of("/proc/" + mysqld.getAsLong() + "/status")) : 0;
        return new DataSize(resident(OWN_STATUS) + ofMysqld);
    }

    /** Bytes in all files of the instance. Looks at each of them: every few seconds is often enough. */
    public DataSize diskUsed() {
        LongAdder bytes = new LongAdder();
        try {
            Files.walkFileTree(folder.root(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    bytes.add(attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
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

    /** What is left: of the allowance, or of the file system when that is less. */
    public DataSize diskFree(DataSize used) {
        try {
            long onFileSystem = Files.getFileStore(folder.root()).getUsableSpace();
            long ofAllowance = Math.max(0, allowance.bytes() - used.bytes());
            return new DataSize(Math.min(onFileSystem, ofAllowance));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 0 for a process that has ended. */
    private static long resident(Path status) {
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException ended) {
            return 0;
        }
    }
}
