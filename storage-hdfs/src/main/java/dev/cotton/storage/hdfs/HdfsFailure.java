package dev.cotton.storage.hdfs;

import dev.cotton.core.port.BackupStoreException;
import dev.cotton.core.port.BackupStoreException.CorruptException;
import dev.cotton.core.port.BackupStoreException.ExistsException;
import dev.cotton.core.port.BackupStoreException.FullException;
import dev.cotton.core.port.BackupStoreException.MissingException;
import dev.cotton.core.port.BackupStoreException.NotAllowedException;
import dev.cotton.core.port.BackupStoreException.UnreachableException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.ClusterStorageCapacityExceededException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.KerberosAuthException;

/** What an error of HDFS, or on the way to it, means. */
final class HdfsFailure {
    private static final String KEPT = "What the store held before is as it was.";

    private HdfsFailure() {}

    /** The error as it was thrown where it happened. */
    static IOException unwrapped(IOException thrown) {
        return thrown instanceof RemoteException remote ? remote.unwrapRemoteException() : thrown;
    }

    /** @param attempt what was tried, as in "Writing a/b to hdfs://namenode/backups" */
    static BackupStoreException of(String attempt, IOException thrown) {
        IOException cause = unwrapped(thrown);
        String happened = attempt + " failed: " + firstLine(cause);
        return switch (cause) {
            case FileNotFoundException _ ->
                new MissingException(happened, "Nothing was changed.", "Look what the store has.", cause);
            case FileAlreadyExistsException _ -> exists(happened, cause);
            case ParentNotDirectoryException _ -> exists(happened, cause);
            case AccessControlException _ -> notAllowed(happened, cause);
            case KerberosAuthException _ when !isOfTheNetwork(cause) -> notAllowed(happened, cause);
            case ClusterStorageCapacityExceededException _ ->
                new FullException(happened, KEPT, "Raise the quota, or remove old backups.", cause);
            case ChecksumException _ ->
                new CorruptException(
                        happened, "Nothing was changed.", "Look at the health of HDFS with hdfs fsck.", cause);
            default ->
                new UnreachableException(
                        happened,
                        KEPT,
                        "Look whether name node, data nodes and Kerberos are up, and try again.",
                        cause);
        };
    }

    private static boolean isOfTheNetwork(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException || cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static ExistsException exists(String happened, IOException cause) {
        return new ExistsException(
                happened, "It is as it was.", "Choose another key, or say that it is to be replaced.", cause);
    }

    private static NotAllowedException notAllowed(String happened, IOException cause) {
        return new NotAllowedException(
                happened,
                KEPT,
                "Give the user the right to that folder, or log in as another one with the settings user, or principal and"
                        + " keytab.",
                cause);
    }

    /** Hadoop's messages go on with the server's stack. */
    private static String firstLine(IOException cause) {
        String line = String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
        return line.endsWith(".") ? line : line + ".";
    }
}
