package dev.cotton.core.storage;

import dev.cotton.core.port.BackupStoreException;
import dev.cotton.core.port.BackupStoreException.ExistsException;
import dev.cotton.core.port.BackupStoreException.FullException;
import dev.cotton.core.port.BackupStoreException.MissingException;
import dev.cotton.core.port.BackupStoreException.NotAllowedException;
import dev.cotton.core.port.BackupStoreException.UnreachableException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** What an error of the file system means for a store in a folder. */
final class FileFailure {
    private static final String KEPT = "What the store held before is as it was.";

    private FileFailure() {}

    /** @param attempt what was tried, as in "Writing a/b to file:///backups" */
    static BackupStoreException of(String attempt, IOException cause) {
        String happened = attempt + " failed: " + reason(cause);
        return switch (cause) {
            case NoSuchFileException _ ->
                new MissingException(happened, KEPT, "Look whether the folder is still there and mounted.", cause);
            case FileAlreadyExistsException _ ->
                new ExistsException(happened, KEPT, "Choose another key, or say that it is to be replaced.", cause);
            case AccessDeniedException _ ->
                new NotAllowedException(
                        happened, KEPT, "Give the user that Cotton runs as the right to that folder.", cause);
            case IOException _
            when says(cause, "no space left", "quota exceeded", "file too large") ->
                new FullException(happened, KEPT, "Make room on its disk, or remove old backups.", cause);
            case IOException _
            when says(cause, "read-only file system", "operation not permitted") ->
                new NotAllowedException(
                        happened, KEPT, "Use a file system that can be written to and knows hard links.", cause);
            default ->
                new UnreachableException(
                        happened, KEPT, "Look at the disk or the server that the folder is on, and try again.", cause);
        };
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException gone -> gone.getFile() + " is not there.";
            case FileAlreadyExistsException there -> there.getFile() + " is there already.";
            case AccessDeniedException denied -> "this user may not use " + denied.getFile() + ".";
            case ClosedByInterruptException _ -> "it was interrupted.";
            default -> cause.getMessage() == null ? cause + "." : cause.getMessage() + ".";
        };
    }

    private static boolean says(IOException cause, String... words) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (message.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
