package dev.cotton.executor.archive;

import dev.cotton.core.wire.ArchivePiece;
import dev.cotton.executor.binlog.LogBeginning;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes relay logs. Each has transactions of one log only, because only these are numbered for an applier that works in
 * parallel. For one thread.
 */
final class RelayLogs implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final Path folder;
    private final List<Path> files = new ArrayList<>();
    private String source = "";
    private @Nullable OutputStream out;

    /** @param folder where they are made */
    RelayLogs(Path folder) {
        this.folder = folder;
    }

    /** Where the next transaction of a piece goes. */
    OutputStream of(ArchivePiece piece, byte[] format, boolean checksums) throws IOException {
        String next = piece.server() + "/" + piece.log();
        OutputStream open = out;
        if (open != null && next.equals(source)) {
            return open;
        }
        close();
        source = next;
        Path file = folder.resolve(String.format(Locale.ROOT, "relay-replay.%06d", files.size() + 1));
        OutputStream fresh =
                new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), BUFFER);
        out = fresh;
        files.add(file);
        fresh.write(LogBeginning.relay(format, checksums));
        return fresh;
    }

    /** In their order. */
    List<Path> files() {
        return List.copyOf(files);
    }

    @Override
    public void close() throws IOException {
        OutputStream open = out;
        out = null;
        if (open != null) {
            open.close();
        }
    }
}
