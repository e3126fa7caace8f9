package dev.cotton.scheduler.rest.resource;

/**
 * Where an instance listens, each as {@code address:port}.
 *
 * @param mysql what clients connect to
 * @param executor for the scheduler only
 * @param health plain HTTP, for load balancers
 */
public record EndpointsResource(String mysql, String executor, String health) {}
