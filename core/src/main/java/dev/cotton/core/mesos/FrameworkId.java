package dev.cotton.core.mesos;

/** Given by the master at the first subscription, and the framework's for ever after. */
public record FrameworkId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
