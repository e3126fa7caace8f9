package dev.cotton.scheduler.rest.event;

import dev.cotton.scheduler.fleet.Fleet.Happened;

/**
 * An event as streams tell it.
 *
 * @param id {@code <term>-<number>}: the leader's term, and a count of the events of all clusters during it
 */
public record NumberedEvent(String id, Happened happened) {}
