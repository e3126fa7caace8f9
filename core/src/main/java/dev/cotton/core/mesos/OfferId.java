package dev.cotton.core.mesos;

/** Good for one answer, and for one subscription. */
public record OfferId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
