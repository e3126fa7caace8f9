package dev.cotton.scheduler.rest.resource;

import java.time.Duration;
import java.util.Optional;

/**
 * What was heard of an executor.
 *
 * @param silence since its last answer
 * @param trouble the last error; empty when it is reachable
 * @param report what it says; absent unless it is reachable
 */
public record ExecutorResource(boolean reachable, Duration silence, String trouble, Optional<ReportResource> report) {}
