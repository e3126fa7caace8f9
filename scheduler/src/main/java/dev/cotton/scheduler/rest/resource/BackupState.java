package dev.cotton.scheduler.rest.resource;

/** What is known of whether a backup can be restored. */
public enum BackupState {
    /** It was restored, and every table was as it had been. */
    PROVEN,
    /** That was not tried yet, or did not come to an end. */
    UNPROVEN,
    /** It could not be restored, or was not as it had been. */
    REFUTED
}
