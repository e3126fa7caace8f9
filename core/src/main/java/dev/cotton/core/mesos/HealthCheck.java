package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** How it is seen from outside whether a task is well; spans in seconds. */
@JsonInclude(Include.NON_ABSENT)
public record HealthCheck(
        Type type,
        Optional<Http> http,
        Optional<Tcp> tcp,
        @JsonProperty("delay_seconds") OptionalDouble delaySeconds,
        @JsonProperty("interval_seconds") OptionalDouble intervalSeconds,
        @JsonProperty("timeout_seconds") OptionalDouble timeoutSeconds,
        @JsonProperty("consecutive_failures") OptionalInt consecutiveFailures,
        @JsonProperty("grace_period_seconds") OptionalDouble gracePeriodSeconds) {

    public enum Type {
        COMMAND,
        HTTP,
        TCP,
        UNRECOGNIZED;

        @JsonCreator
        static Type read(String name) {
            return Wire.constant(Type.class, name, UNRECOGNIZED);
        }
    }

    /**
     * {@code HealthCheck.HTTPCheckInfo} of the schema: well means an answer from 200 to 399.
     *
     * @param scheme {@code http} or {@code https}
     * @param path begins with a slash
     */
    public record Http(String scheme, int port, String path) {}

    /** {@code HealthCheck.TCPCheckInfo} of the schema. */
    public record Tcp(int port) {}

    /**
     * Whether {@code GET path} on {@code port} is answered well.
     *
     * @param interval between two looks
     * @param failures so many in a row mean that the task is not well
     * @param grace in which a new task need not be well
     */
    public static HealthCheck http(int port, String path, Duration interval, int failures, Duration grace) {
        return new HealthCheck(
                Type.HTTP,
                Optional.of(new Http("http", port, path)),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.of(seconds(interval)),
                OptionalDouble.empty(),
                OptionalInt.of(failures),
                OptionalDouble.of(seconds(grace)));
    }

    private static double seconds(Duration span) {
        return span.toMillis() / 1000.0;
    }
}
