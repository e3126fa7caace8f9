package dev.cotton.executor.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The reading end of the FIFO that mysqld and its keeper hold open: its end comes within milliseconds of the end of
 * both, whoever started them. One thread reads, any thread closes.
 */
final class Lifeline implements AutoCloseable {
    /** What a read brought. */
    enum Sign {
        /** mysqld was started, perhaps once more. */
        STARTED,
        /** Nobody holds the FIFO any more. */
        ENDED,
        /** {@link #close} was called. */
        CLOSED
    }

    private final FileChannel channel;
    private final ByteBuffer bytes = ByteBuffer.allocate(64);

    /** @param fifo exists */
    Lifeline(Path fifo) throws IOException {
        // Opening the reading end alone would wait for a writer, for ever when there is none any more.
        try (FileChannel _ = FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel = FileChannel.open(fifo, StandardOpenOption.READ);
        }
    }

    /** Waits for the next sign. */
    Sign next() throws IOException {
        try {
            return channel.read(bytes.clear()) < 0 ? Sign.ENDED : Sign.STARTED;
        } catch (ClosedChannelException closed) {
            return Sign.CLOSED;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
