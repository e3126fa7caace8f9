package dev.cotton.scheduler.rest.resource;

/**
 * How a server waits for others, or acknowledges.
 *
 * @param source whether it waits for acknowledgements
 * @param ackCount how many it waits for
 * @param clients semi-sync replicas that it counts
 * @param acks whether it acknowledges
 * @param waiting sessions that wait for an acknowledgement now
 */
public record SemiSyncResource(boolean source, int ackCount, int clients, boolean acks, int waiting) {}
