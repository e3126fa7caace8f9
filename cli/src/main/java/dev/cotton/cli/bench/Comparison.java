package dev.cotton.cli.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Rounds of the same work, Cotton's and the floor's in turn. */
record Comparison(List<Timed> cotton, List<Timed> floor) {
    Comparison {
        cotton = List.copyOf(cotton);
        floor = List.copyOf(floor);
    }

    Samples cottonSamples() {
        return samples(cotton);
    }

    Samples floorSamples() {
        return samples(floor);
    }

    /** How many times as long Cotton takes, by the medians. */
    double ratio() {
        return cottonSamples().ratioTo(floorSamples());
    }

    private static Samples samples(List<Timed> rounds) {
        return new Samples(rounds.stream().map(Timed::total).toList());
    }

    /** When each step was done, by the medians of the rounds that had it, in the order of time. */
    static Map<String, Duration> steps(List<Timed> rounds) {
        Map<String, List<Duration>> all = new LinkedHashMap<>();
        rounds.forEach(round -> round.steps()
                .forEach((step, at) ->
                        all.computeIfAbsent(step, first -> new ArrayList<>()).add(at)));
        Map<String, Duration> medians = new LinkedHashMap<>();
        all.entrySet().stream()
                .map(step -> Map.entry(step.getKey(), new Samples(step.getValue()).median()))
                .sorted(Comparator.comparing(Map.Entry::getValue))
                .forEach(step -> medians.put(step.getKey(), step.getValue()));
        return medians;
    }

    /** Adds everything to {@code json}. */
    void putInto(ObjectNode json) {
        json.set("cotton", cottonSamples().json());
        json.set("floor", floorSamples().json());
        json.put("ratio", Numbers.hundredths(ratio()));
        put(json.putObject("cottonSteps"), steps(cotton));
        put(json.putObject("floorSteps"), steps(floor));
    }

    private static void put(ObjectNode json, Map<String, Duration> steps) {
        steps.forEach((step, at) -> json.put(step, Samples.rounded(at)));
    }
}
