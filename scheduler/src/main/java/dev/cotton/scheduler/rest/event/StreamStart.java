package dev.cotton.scheduler.rest.event;

import java.util.List;
import java.util.Optional;

/**
 * What a stream begins with.
 *
 * @param greeting frames that tell no event
 * @param missed the events that the listener asked for
 */
record StreamStart(String greeting, List<NumberedEvent> missed) {
    private static final String CONNECTED = ": connected\n";
    private static final String GAP =
            "{\"detail\":\"Events were missed that are not known here any more: ask for those of each cluster.\"}";

    StreamStart {
        missed = List.copyOf(missed);
    }

    /** @param position the id of the newest event */
    static StreamStart fromNow(String position) {
        return new StreamStart(CONNECTED + "id: " + position + "\n\n", List.of());
    }

    /**
     * @param position the id of the newest event
     * @param missed what the listener has missed; empty when some of it is not known any more
     */
    static StreamStart again(String position, Optional<List<NumberedEvent>> missed) {
        return missed.map(events -> new StreamStart(CONNECTED + "\n", events))
                .orElseGet(() -> new StreamStart(
                        CONNECTED + "\nevent: gap\nid: " + position + "\ndata: " + GAP + "\n\n", List.of()));
    }
}
