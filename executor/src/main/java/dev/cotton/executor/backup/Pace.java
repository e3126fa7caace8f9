package dev.cotton.executor.backup;

/** Sees the pieces of a long stream pass, to count them, to slow it down, or to end it by an unchecked exception. */
@FunctionalInterface
public interface Pace {
    /** @param bytes that have passed since the last call */
    void passed(int bytes);
}
