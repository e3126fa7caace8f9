package dev.cotton.core.mesos;

/** Chosen by the framework: 1 to 255 characters without a slash, and never used twice. */
public record TaskId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
