package dev.cotton.core.mesos;

/** Chosen by the framework. An operation without one is not answered, whether it is done or not. */
public record OperationId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
