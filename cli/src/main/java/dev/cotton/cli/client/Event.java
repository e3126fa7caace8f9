package dev.cotton.cli.client;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to a cluster.
 *
 * @param sequence counts the events of one cluster from 1
 */
public record Event(String cluster, long sequence, Instant at, String kind, Optional<String> instance, String text) {}
