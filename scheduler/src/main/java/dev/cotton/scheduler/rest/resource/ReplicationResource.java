package dev.cotton.scheduler.rest.resource;

import java.time.Duration;
import java.util.Optional;

/**
 * How a replica follows.
 *
 * @param source {@code address:port}
 * @param receiver ON, CONNECTING or OFF
 * @param silence since the source last gave a sign of life
 * @param sinceReceived since anything that the source sent was written to the relay log
 * @param lag since the newest heartbeat commit applied here was made; absent before the first
 */
public record ReplicationResource(
        String source,
        String receiver,
        boolean applierRunning,
        String receiverError,
        String applierError,
        Optional<Duration> silence,
        Optional<Duration> sinceReceived,
        Optional<Duration> lag) {}
