package dev.cotton.executor.role;

import dev.cotton.core.model.Endpoint;
import dev.cotton.core.model.GtidSet;
import dev.cotton.executor.sql.Row;
import dev.cotton.executor.sql.Session;
import java.util.Optional;

/**
 * What SHOW REPLICA STATUS says.
 *
 * @param authority the file with which the source's certificate is verified
 * @param receiver ON, CONNECTING or OFF
 * @param retrieved GTIDs in the relay log, applied or not, since it was begun
 */
record ReplicationState(
        Endpoint source,
        String account,
        String authority,
        String receiver,
        boolean applierRunning,
        String receiverError,
        String applierError,
        GtidSet retrieved,
        GtidSet executed) {
    private static final String OFF = "OFF";

    /** Empty when no source was ever given, or since RESET REPLICA ALL. */
    static Optional<ReplicationState> read(Session session) {
        return session.first("SHOW REPLICA STATUS").map(ReplicationState::of);
    }

    private static ReplicationState of(Row row) {
        return new ReplicationState(
                new Endpoint(row.text("Source_Host"), (int) row.number("Source_Port")),
                row.text("Source_User"),
                row.text("Source_SSL_CA_File"),
                receiver(row.text("Replica_IO_Running")),
                row.flag("Replica_SQL_Running"),
                row.text("Last_IO_Error"),
                row.text("Last_SQL_Error"),
                GtidSet.parse(row.text("Retrieved_Gtid_Set")),
                GtidSet.parse(row.text("Executed_Gtid_Set")));
    }

    private static String receiver(String running) {
        return switch (running) {
            case "Yes" -> "ON";
            case "No" -> OFF;
            default -> "CONNECTING";
        };
    }

    boolean receiverOff() {
        return receiver.equals(OFF);
    }

    /** Executed, or in the relay log. */
    GtidSet received() {
        return executed.union(retrieved);
    }

    /** Received and not yet applied. */
    GtidSet backlog() {
        return retrieved.minus(executed);
    }
}
