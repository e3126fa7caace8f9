package dev.cotton.testing.simulation;

/** A machine: what is on it loses power together. */
final class SimulatedHost {
    private final String name;
    private int boots = 1;

    SimulatedHost(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    String bootId() {
        return name + "-boot-" + boots;
    }

    void boot() {
        boots++;
    }
}
