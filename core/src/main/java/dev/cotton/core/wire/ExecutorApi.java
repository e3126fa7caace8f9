package dev.cotton.core.wire;

import java.util.List;

/**
 * Where an executor answers on its port: mutual TLS, JSON. A command is answered by 200 and an {@link Answer}, whether it
 * was accepted or not; a body that cannot be understood by 400, an unknown path by 404, both with a sentence in plain
 * text.
 */
public final class ExecutorApi {
    /**
     * GET gives a {@link Status}. With {@code ?after=<revision>&wait=<milliseconds>} it is held back until the revision
     * is another one than {@code after}, or the wait is over; 200 with the current status in both cases.
     */
    public static final String STATUS = "/v1/status";

    /** PUT of a {@link Setup}. */
    public static final String SETUP = "/v1/setup";

    /** PUT of an {@link Assignment}. */
    public static final String ROLE = "/v1/role";

    /** PUT of a {@link Trust}. */
    public static final String TRUST = "/v1/trust";

    /**
     * GET with {@code ?name=mysqld|executor&offset=<bytes>&limit=<bytes>} gives a {@link LogPiece}; a negative offset
     * counts from the end.
     */
    public static final String LOG = "/v1/log";

    /** GET with {@code ?after=<milliseconds since 1970>} gives {@link SchemaChange.Found}. */
    public static final String SCHEMA_CHANGES = "/v1/schema-changes";

    /**
     * GET gives a {@link Quarantined}. DELETE with {@code ?id=<entry>} destroys that {@link QuarantineEntry}: 204, also
     * when it is not there.
     */
    public static final String QUARANTINE = "/v1/quarantine";

    /**
     * GET with {@code ?id=<entry>&offset=<bytes>&limit=<bytes>} gives a piece of an entry's text, as bytes; none after
     * its end. 404 when there is no such entry.
     */
    public static final String QUARANTINE_TEXT = "/v1/quarantine/text";

    /**
     * PUT of a {@link BackupOrder}. DELETE of this and {@code /<id>} cancels that one: 204, also when it is over or was never
     * known.
     */
    public static final String BACKUP = "/v1/backup";

    /** PUT of a {@link VerificationOrder}. DELETE of this and {@code /<id>} cancels that one, as of {@link #BACKUP}. */
    public static final String VERIFICATION = "/v1/verification";

    /** PUT of an {@link ArchiveOrder}. DELETE ends the archive: 204, also when there is none. */
    public static final String ARCHIVE = "/v1/archive";

    /** See {@link Renewal}. */
    public static final String CERTIFICATE = "/v1/certificate";

    /** Plain HTTP, until enrolled: see {@link Enrolment}. */
    public static final String ENROLMENT = "/enrolment";

    private ExecutorApi() {}

    /** A piece of a log; {@code next} is the offset that continues after {@code text}. */
    public record LogPiece(String text, long next) {}

    /** What is saved of the cluster on the executor's machine, the oldest first. */
    public record Quarantined(List<QuarantineEntry> entries) {
        public Quarantined {
            entries = List.copyOf(entries);
        }
    }
}
