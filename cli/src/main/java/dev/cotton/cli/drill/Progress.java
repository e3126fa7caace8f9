package dev.cotton.cli.drill;

import dev.cotton.cli.client.Event;
import dev.cotton.cli.drill.RoundResult.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps of a failover or a switchover, read from the events of its cluster. */
final class Progress {
    private Progress() {}

    /**
     * @param events since the fault, in the order of time
     * @param fault when it was injected, by the clock of this machine
     */
    static List<Step> of(List<Event> events, Instant fault) {
        List<Step> steps = new ArrayList<>();
        Optional<String> named = Optional.empty();
        for (Event event : events) {
            if (event.kind().equals("primary-named")) {
                named = event.instance();
            }
            word(event, named)
                    .filter(word -> steps.stream().noneMatch(step -> step.name().equals(word)))
                    .ifPresent(word -> steps.add(new Step(word, Duration.between(fault, event.at()), event.text())));
        }
        return steps;
    }

    private static Optional<String> word(Event event, Optional<String> named) {
        return switch (event.kind()) {
            case "primary-lost" -> Optional.of("lost");
            case "handover-begun" -> Optional.of("begun");
            case "primary-chosen" -> Optional.of("chosen");
            case "primary-named" -> Optional.of("named");
            case "member-leaving" -> Optional.of("leaving");
            case "member-left" -> Optional.of("left");
            case "member-announced" ->
                named.isPresent() && event.instance().equals(named) ? Optional.of("announced") : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** How many members were found with transactions that nobody else has. */
    static long errant(List<Event> events) {
        return events.stream()
                .filter(event -> event.kind().equals("member-errant"))
                .count();
    }
}
