package dev.cotton.core.wire;

import dev.cotton.core.model.Stamp;

/**
 * {@code PUT /v1/verification}: an executor checks every table of its instance, and compares them with the manifest of the
 * backup that the instance was made from. Taken where nothing changes: by a fenced instance, or a frozen primary. How it
 * goes is in {@link Status#verification}; an order with the same id, given again, is the same order. Forgotten with a restart
 * of the executor, and given up when it is told another role.
 *
 * @param stamp refused when it is lower than the highest seen; does not count as seen
 * @param id of this verification
 * @param place of the backup; nothing but its manifest is read
 */
public record VerificationOrder(Stamp stamp, BackupId id, BackupPlace place) {}
