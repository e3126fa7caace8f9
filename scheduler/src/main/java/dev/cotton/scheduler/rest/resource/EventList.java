package dev.cotton.scheduler.rest.resource;

import java.util.List;

/** What happened to a cluster, the newest last. */
public record EventList(List<EventResource> events) {
    public EventList {
        events = List.copyOf(events);
    }
}
