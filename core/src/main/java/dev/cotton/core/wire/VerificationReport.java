package dev.cotton.core.wire;

import java.util.List;

/**
 * How the latest {@link VerificationOrder} goes. Kept until the next one, or the end of the executor.
 *
 * @param done tables that were looked at, of {@code tables}
 * @param uncounted tables that could be checked and not compared: not counted in the backup, or not in time here
 * @param differences a sentence each, with the table's name; the first {@value #MOST_DIFFERENCES} of them. None in a backup
 *     that is whole
 * @param failure a sentence, when it failed or was cancelled; empty otherwise
 */
public record VerificationReport(
        BackupId id, Phase phase, int done, int tables, int uncounted, List<String> differences, String failure) {
    public static final int MOST_DIFFERENCES = 50;

    private static final int STEPS = 20;

    public enum Phase {
        CHECKING,
        DONE,
        FAILED,
        CANCELLED
    }

    public VerificationReport {
        differences = List.copyOf(differences);
    }

    /** Just begun. */
    public static VerificationReport begun(BackupId id) {
        return new VerificationReport(id, Phase.CHECKING, 0, 0, 0, List.of(), "");
    }

    /** @param end not {@link Phase#CHECKING} */
    public VerificationReport ended(Phase end, String sentence) {
        return new VerificationReport(id, end, done, tables, uncounted, differences, sentence);
    }

    /** Whether nothing more happens. */
    public boolean over() {
        return phase != Phase.CHECKING;
    }

    /** The same, with progress in steps of a twentieth. */
    public VerificationReport inSteps() {
        return new VerificationReport(
                id, phase, tables == 0 ? 0 : done * STEPS / tables, tables, 0, differences, failure);
    }
}
