package dev.cotton.testing.simulation;

/** A machine: what is on it loses power together, and without a farewell. */
final class SimulatedHost {
    private final String name;
    private int boots = 1;
    private boolean up = true;

    SimulatedHost(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Another one from the moment when it loses power. */
    String bootId() {
        return name + "-boot-" + boots;
    }

    boolean up() {
        return up;
    }

    void losePower() {
        up = false;
        boots++;
    }

    void boot() {
        up = true;
    }
}
