package dev.cotton.scheduler.rest.resource;

import dev.cotton.core.model.Event.Kind;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to a cluster.
 *
 * @param sequence counts the events of one cluster from 1
 */
public record EventResource(
        String cluster, long sequence, Instant at, Kind kind, Optional<String> instance, String text) {}
