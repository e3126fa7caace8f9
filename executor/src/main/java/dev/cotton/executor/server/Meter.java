package dev.cotton.executor.server;

import dev.cotton.core.model.DataSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Measures what an instance uses. Thread-safe. */
public final class Meter {
    private static final Path OWN_STATUS = Path.of("/proc/self/status");

    private final DataFolder folder;
    private final List<FolderSize> disk;
    private final DataSize allowance;

    /**
     * @param beside folders outside of the instance's own that are on its disk all the same
     * @param allowance the disk that the instance may use
     */
    public Meter(DataFolder folder, List<Path> beside, DataSize allowance) {
        this.folder = folder;
        this.disk = Stream.concat(Stream.of(folder.root()), beside.stream())
                .map(root -> new FolderSize(root, Optional.empty()))
                .toList();
        this.allowance = allowance;
    }

    /** Resident memory of this process and, while it runs, mysqld. */
    public DataSize memory(OptionalLong mysqld) {
        long ofMysqld = mysqld.isPresent() ? resident(Path.of("/proc/" + mysqld.getAsLong() + "/status")) : 0;
        return new DataSize(resident(OWN_STATUS) + ofMysqld);
    }

    /** Bytes in all files on the instance's disk. Looks at each of them: every few seconds is often enough. */
    public DataSize diskUsed() {
        return new DataSize(
                disk.stream().mapToLong(part -> part.measured().bytes()).sum());
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
