package dev.cotton.executor.role;

import dev.cotton.core.wire.BackupManifest.Executed;
import dev.cotton.core.wire.BackupManifest.Server;
import java.time.Duration;

/**
 * A copy of the data that was made.
 *
 * @param paused how long the applier stood still
 */
record DataCopy(Server server, Executed executed, Duration paused, Duration copying) {}
