package dev.cotton.storage.hdfs;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Writes to a file, keeps the tickets for it valid, and says of a failure what it means for the store. For one thread. */
final class HdfsOutput extends OutputStream {
    private static final long RENEWAL = Duration.ofMinutes(1).toNanos();

    private final OutputStream file;
    private final Connection connection;
    private final String attempt;
    private long renewed = System.nanoTime();

    HdfsOutput(OutputStream file, Connection connection, String attempt) {
        this.file = file;
        this.connection = connection;
        this.attempt = attempt;
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        try {
            if (System.nanoTime() - renewed > RENEWAL) {
                connection.renewTickets();
                renewed = System.nanoTime();
            }
            file.write(bytes, offset, count);
        } catch (IOException failed) {
            throw HdfsFailure.of(attempt, failed);
        }
    }
}
