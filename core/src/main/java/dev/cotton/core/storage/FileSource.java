package dev.cotton.core.storage;

import dev.cotton.core.port.BackupStoreException;
import dev.cotton.core.port.BackupStoreException.CorruptException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/** One file, as it was when its attributes were read. */
record FileSource(Path file, BasicFileAttributes attributes, String attempt) implements ResumingInputStream.Source {
    @Override
    public InputStream open(long offset) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(file);
        try {
            checkSame();
            channel.position(offset);
            return Channels.newInputStream(channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private void checkSame() throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        if (!Objects.equals(now.fileKey(), attributes.fileKey())
                || now.size() != attributes.size()
                || !now.lastModifiedTime().equals(attributes.lastModifiedTime())) {
            throw new CorruptException(
                    attempt + " failed: it was replaced meanwhile.",
                    "The new object is in the store.",
                    "Read it again from its beginning.",
                    null);
        }
    }

    @Override
    public BackupStoreException failure(IOException broken) {
        return FileFailure.of(attempt, broken);
    }
}
