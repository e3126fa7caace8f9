package dev.cotton.storage.hdfs;

import dev.cotton.core.port.BackupStoreException;
import dev.cotton.core.port.BackupStoreException.CorruptException;
import dev.cotton.core.storage.ResumingInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/** One file, as it was when it was found. */
record HdfsSource(Connection connection, Path file, FileStatus status, String attempt)
        implements ResumingInputStream.Source {
    @Override
    public InputStream open(long offset) throws IOException {
        DistributedFileSystem fileSystem = connection.fileSystem();
        FSDataInputStream in = fileSystem.open(file);
        try {
            FileStatus now = fileSystem.getFileStatus(file);
            if (now.getModificationTime() != status.getModificationTime() || now.getLen() != status.getLen()) {
                throw new CorruptException(
                        attempt + " failed: it was replaced meanwhile.",
                        "The new object is in the store.",
                        "Read it again from its beginning.",
                        null);
            }
            in.seek(offset);
            return in;
        } catch (IOException | RuntimeException failed) {
            in.close();
            throw failed;
        }
    }

    @Override
    public BackupStoreException failure(IOException broken) {
        return HdfsFailure.of(attempt, broken);
    }
}
