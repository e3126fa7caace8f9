package dev.cotton.cli.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The small answers. */
public final class Answers {
    private Answers() {}

    /** Clusters in an order of the scheduler's. */
    public record Clusters(List<Cluster> clusters) {
        public Clusters {
            clusters = List.copyOf(clusters);
        }
    }

    /** Events of one cluster, the newest last. */
    public record Events(List<Event> events) {
        public Events {
            events = List.copyOf(events);
        }
    }

    /** What would be done, in sentences. */
    public record Plan(List<String> steps) {
        public Plan {
            steps = List.copyOf(steps);
        }
    }

    /** A cluster's user and password: secret. */
    public record Credentials(String user, String password, String clusterUrl) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Credentials[" + user + "]";
        }
    }

    /**
     * A piece of a log.
     *
     * @param next the offset in bytes that continues after {@code text}
     */
    public record LogPiece(String text, long next) {}

    /** What is running there. */
    public record Version(String version, String java, Instant startedAt) {}

    /**
     * Whether the scheduler works.
     *
     * @param role {@code leading}, {@code loading} or {@code standby}
     */
    public record Health(String role, String why, Optional<String> leader) {}

    /** A refusal. */
    record Problem(String code, String detail) {}
}
