package dev.cotton.core.mesos;

/** Chosen by the framework, as a {@link TaskId}. */
public record ExecutorId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
