package dev.cotton.testing.simulation;

import dev.cotton.testing.fake.InMemoryEnsemble;

/** What all schedulers of a simulation share. */
record Surroundings(
        Timeline timeline,
        Fate fate,
        World world,
        SimulatedEngine engine,
        Network network,
        InMemoryEnsemble ensemble) {}
