package dev.cotton.cli.bench;

/** Measures how long it takes to match waiting instances with what a fleet offers. */
@FunctionalInterface
public interface OffersMeasurement {
    /**
     * @param matched how many instances found a seat
     * @param samples one for each round
     */
    record Measured(int agents, int instances, int matched, Samples samples) {}

    /** Matches that many, after a few rounds that do not count. */
    Measured measure(int agents, int instances, int rounds);
}
