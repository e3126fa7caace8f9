package dev.cotton.scheduler.backup;

import dev.cotton.core.backup.BackupRecord;
import dev.cotton.scheduler.engine.EngineRecords;
import dev.cotton.scheduler.fleet.Outside;

/**
 * What the backups of one term are made with.
 *
 * @param term that the commands to servers of proofs are stamped with
 */
record BackupDuty(
        long term, Outside outside, EngineRecords<BackupRecord> records, Catalog catalog, BackupSettings settings) {}
