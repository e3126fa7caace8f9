package dev.cotton.core.wire;

/**
 * Which process it is, as a file of one JSON object, so that whoever comes later can tell it from another process that
 * got its number. Together the three values name one process for ever.
 *
 * @param startTicks field 22 of {@code /proc/<pid>/stat}: clock ticks from the start of the machine to its fork; the
 *     same after an exec
 * @param bootId {@code /proc/sys/kernel/random/boot_id} when it was started
 */
public record ProcessFile(long pid, long startTicks, String bootId) {}
