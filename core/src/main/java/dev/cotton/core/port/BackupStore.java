package dev.cotton.core.port;

import dev.cotton.core.port.BackupStoreException.CorruptException;
import dev.cotton.core.port.BackupStoreException.ExistsException;
import dev.cotton.core.port.BackupStoreException.MissingException;
import dev.cotton.core.port.BackupStoreException.UnreachableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where backups are kept: objects with keys, in a folder, a file system of many machines or a service.
 *
 * <p>An object is there whole or not at all, and what one caller was told is there every other one sees. No key may be a
 * folder of another ({@code a} beside {@code a/b}); stores that have folders refuse it as {@link ExistsException}.
 *
 * <p>Thread-safe. Every call over a network has a limit of time; a call on an interrupted thread may end as
 * {@link UnreachableException}. What goes wrong in a store is a {@link BackupStoreException}, also from the streams: it is
 * unchecked, so that no stream laid around them takes it for a failure of its own. Opened by
 * {@link BackupStoreFactory}; to be closed when nothing is under way any more.
 */
public interface BackupStore extends AutoCloseable {
    /** What {@link #list} asks for at a time, and the most that {@link #page} gives. */
    int LONGEST_PAGE = 1000;

    /**
     * Writes an object, which can be seen when this returns and not before. What the store holds has been compared with
     * what was written, by the store's own means: its length at least.
     *
     * <p>When this throws, nothing of the new object is there, and what was there before still is; only after an
     * {@link UnreachableException} the outcome can be unknown, when the connection was lost in the last step:
     * {@link #stat} says it. What had been sent is removed if the store can be reached, else by {@link #removeIncomplete}.
     *
     * @throws ExistsException when there is an object of that key and {@code existing} refuses it
     * @throws CorruptException when the store does not hold what was written; it was removed
     * @throws IOException what {@code content} threw; nothing was written
     */
    Written write(ObjectKey key, Existing existing, Content content) throws IOException;

    /** What is known of the object without reading it; empty when there is none. */
    Optional<Found> stat(ObjectKey key);

    /**
     * Opens an object from {@code offset} for at most {@code length} bytes; it ends earlier where the object does.
     *
     * <p>The stream opens the object again where it was after a connection broke, a bounded number of times without a byte
     * in between, with growing pauses. It never mixes two objects: one that was replaced meanwhile is a
     * {@link CorruptException}. The stream is for one thread and is to be closed.
     *
     * @param offset in bytes, not negative
     * @param length in bytes, not negative; {@link Long#MAX_VALUE} for all that follows
     * @throws MissingException when there is no such object
     */
    InputStream read(ObjectKey key, long offset, long length);

    /** Opens a whole object. See {@link #read(ObjectKey, long, long)}. */
    default InputStream read(ObjectKey key) {
        return read(key, 0, Long.MAX_VALUE);
    }

    /**
     * The objects whose keys begin with {@code prefix}, in the order of keys.
     *
     * @param prefix as of {@link ObjectKey#isPrefix}; empty for all
     * @param after only keys that come after this one
     * @param limit the most objects to give, from 1 to {@link #LONGEST_PAGE}
     */
    Page page(String prefix, Optional<ObjectKey> after, int limit);

    /** All objects whose keys begin with {@code prefix}, in the order of keys, asked for page by page as they are used. */
    default Stream<Found> list(String prefix) {
        return Stream.iterate(
                        page(prefix, Optional.empty(), LONGEST_PAGE),
                        page -> !page.objects().isEmpty(),
                        page -> page.more()
                                ? page(
                                        prefix,
                                        Optional.of(page.objects().getLast().key()),
                                        LONGEST_PAGE)
                                : Page.EMPTY)
                .flatMap(page -> page.objects().stream());
    }

    /** Removes an object; that there is none is no error. */
    void delete(ObjectKey key);

    /**
     * Removes what writers that were killed or cut off have left behind, which nobody can see but which takes space.
     *
     * @param age of what is removed, counted from the last that the store knows of its writer. Some stores know no more
     *     than when it began: choose longer than the longest write
     * @return how many were removed
     */
    int removeIncomplete(Duration age);

    @Override
    void close();

    /** Whether a write may take the place of an object that is there. */
    enum Existing {
        /** The key is to be new. Of several writers at a time one succeeds. */
        REFUSE,
        /** The object that is there, if any, is replaced in one step. */
        REPLACE
    }

    /** What an object is to contain. */
    @FunctionalInterface
    interface Content {
        /**
         * Writes all of it. The object is complete when this returns; closing {@code out} does not matter.
         *
         * @throws IOException to give up: nothing is written
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * An object that was written.
     *
     * @param length in bytes
     * @param sha256 of its content, 64 digits of lower-case hex
     */
    record Written(ObjectKey key, long length, String sha256) {}

    /**
     * An object that is there.
     *
     * @param length in bytes
     * @param written when, by the store's clock; for people
     */
    record Found(ObjectKey key, long length, Instant written) {}

    /**
     * Some of the objects asked for.
     *
     * @param more whether there are others after these
     */
    record Page(List<Found> objects, boolean more) {
        private static final Page EMPTY = new Page(List.of(), false);

        public Page {
            objects = List.copyOf(objects);
        }
    }
}
