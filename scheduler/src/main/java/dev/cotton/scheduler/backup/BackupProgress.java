package dev.cotton.scheduler.backup;

import dev.cotton.core.backup.BackupRun;
import java.util.Optional;

/**
 * How a backup goes that is under way.
 *
 * @param sentence for people
 * @param fraction of the present step, 0 to 1, when it is known
 */
public record BackupProgress(BackupRun run, String sentence, Optional<Double> fraction) {}
