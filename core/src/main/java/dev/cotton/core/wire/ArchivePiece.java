package dev.cotton.core.wire;

import dev.cotton.core.model.GtidSet;
import java.time.Instant;
import java.util.Locale;

/**
 * One object of an archive: a piece of a binary log with whole transactions, which begins as every binary log does. Written
 * beside it, after it, in JSON: an object without one does not count.
 *
 * @param version of this form; one that is higher than {@link #VERSION} is not understood
 * @param uid of the cluster
 * @param server the UUID of the server whose log it is
 * @param log the name of its file
 * @param begin of the piece in the log, in bytes
 * @param end the byte after it
 * @param whole whether it is all of a finished log
 * @param before all transactions that the server had executed before the first one of the piece
 * @param transactions of the piece
 * @param first when its first transaction was committed, where that was first done
 * @param last the latest of these times in the piece
 * @param length of the object in the store, in bytes
 * @param sha256 of the object in the store
 * @param encryption bound to {@link ArchivePlace#binding}
 */
public record ArchivePiece(
        int version,
        String uid,
        String server,
        String log,
        long begin,
        long end,
        boolean whole,
        GtidSet before,
        GtidSet transactions,
        Instant first,
        Instant last,
        long length,
        String sha256,
        BackupManifest.Encryption encryption) {
    /** The form that is written now. */
    public static final int VERSION = 1;

    private static final String DATA = ".zst.enc";
    private static final String DESCRIPTION = ".json";

    /** The same, once its data are in the store. */
    public ArchivePiece stored(long bytes, String checksum) {
        return new ArchivePiece(
                version,
                uid,
                server,
                log,
                begin,
                end,
                whole,
                before,
                transactions,
                first,
                last,
                bytes,
                checksum,
                encryption);
    }

    /** The key of the data. */
    public String data(ArchivePlace place) {
        return data(place, server, log, begin, end);
    }

    /** The key of the data of such a piece. */
    public static String data(ArchivePlace place, String server, String log, long begin, long end) {
        return place.folder() + server + "/" + log + "/" + String.format(Locale.ROOT, "%020d-%020d", begin, end) + DATA;
    }

    /** The key of the description that belongs to data. */
    public static String description(String data) {
        return data.substring(0, data.length() - DATA.length()) + DESCRIPTION;
    }

    /** Whether a key can be that of data. */
    public static boolean isData(String key) {
        return key.endsWith(DATA);
    }

    /** Whether a key can be that of a description. */
    public static boolean isDescription(String key) {
        return key.endsWith(DESCRIPTION);
    }
}
