package dev.cotton.core.port;

import org.jspecify.annotations.Nullable;

/** Why a {@link BackupStore} did not do what it was asked. The message is for the user, in whole sentences, without secrets. */
public abstract sealed class BackupStoreException extends RuntimeException {
    private final String happened;
    private final String kept;
    private final String remedy;

    private BackupStoreException(String happened, String kept, String remedy, @Nullable Throwable cause) {
        super(happened + " " + kept + " " + remedy, cause);
        this.happened = happened;
        this.kept = kept;
        this.remedy = remedy;
    }

    /** What went wrong. */
    public String happened() {
        return happened;
    }

    /** What is as it was before. */
    public String kept() {
        return kept;
    }

    /** What to do next. */
    public String remedy() {
        return remedy;
    }

    /** There is no such object. */
    public static final class MissingException extends BackupStoreException {
        public MissingException(String happened, String kept, String remedy, @Nullable Throwable cause) {
            super(happened, kept, remedy, cause);
        }
    }

    /** There is an object of that key already, or one in the place of a folder. */
    public static final class ExistsException extends BackupStoreException {
        public ExistsException(String happened, String kept, String remedy, @Nullable Throwable cause) {
            super(happened, kept, remedy, cause);
        }
    }

    /** The store does not know the caller, or does not allow it this. Trying again does not help. */
    public static final class NotAllowedException extends BackupStoreException {
        public NotAllowedException(String happened, String kept, String remedy, @Nullable Throwable cause) {
            super(happened, kept, remedy, cause);
        }
    }

    /** The store has no room. */
    public static final class FullException extends BackupStoreException {
        public FullException(String happened, String kept, String remedy, @Nullable Throwable cause) {
            super(happened, kept, remedy, cause);
        }
    }

    /** The store does not answer, or not in time: trying again later may help. */
    public static final class UnreachableException extends BackupStoreException {
        public UnreachableException(String happened, String kept, String remedy, @Nullable Throwable cause) {
            super(happened, kept, remedy, cause);
        }
    }

    /** What the store holds is not what was written. */
    public static final class CorruptException extends BackupStoreException {
        public CorruptException(String happened, String kept, String remedy, @Nullable Throwable cause) {
            super(happened, kept, remedy, cause);
        }
    }

    /** The location names no store that can be opened here. */
    public static final class UnusableLocationException extends BackupStoreException {
        public UnusableLocationException(String happened, String remedy, @Nullable Throwable cause) {
            super(happened, "Nothing was read or written.", remedy, cause);
        }
    }
}
