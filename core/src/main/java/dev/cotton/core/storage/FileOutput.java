package dev.cotton.core.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Writes to a file, and says of a failure what it means for the store. For one thread. */
final class FileOutput extends OutputStream {
    private final FileChannel channel;
    private final String attempt;

    FileOutput(FileChannel channel, String attempt) {
        this.channel = channel;
        this.attempt = attempt;
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        ByteBuffer rest = ByteBuffer.wrap(bytes, offset, count);
        try {
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        } catch (IOException failed) {
            throw FileFailure.of(attempt, failed);
        }
    }
}
