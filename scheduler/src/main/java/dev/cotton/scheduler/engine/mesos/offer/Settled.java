package dev.cotton.scheduler.engine.mesos.offer;

/**
 * An instance that has its place.
 *
 * @param cluster the cluster's uid
 */
public record Settled(String cluster, Agent agent) {}
