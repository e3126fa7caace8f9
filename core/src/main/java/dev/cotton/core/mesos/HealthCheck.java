package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** How it is seen from outside whether a task is well; spans in seconds. */
@JsonInclude(Include.NON_ABSENT)
public record HealthCheck(
        Type type,
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

    /** {@code HealthCheck.TCPCheckInfo} of the schema. */
    public record Tcp(int port) {}
}
