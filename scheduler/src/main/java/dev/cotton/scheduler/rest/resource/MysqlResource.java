package dev.cotton.scheduler.rest.resource;

import java.time.Duration;
import java.util.Optional;

/**
 * What mysqld says.
 *
 * @param executed transactions in its executed GTID set
 * @param received transactions executed or in its relay log
 * @param heartbeatAge since the last heartbeat commit succeeded here; on a primary
 */
public record MysqlResource(
        String version,
        String serverUuid,
        boolean readOnly,
        boolean superReadOnly,
        long executed,
        long received,
        Optional<Duration> heartbeatAge,
        Optional<ReplicationResource> replication,
        SemiSyncResource semiSync) {}
