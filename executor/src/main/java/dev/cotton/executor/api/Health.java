package dev.cotton.executor.api;

import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Status;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a load balancer may know. Pure. */
final class Health {
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})(ms|s|m)?");

    private Health() {}

    /**
     * @param healthy 200 or 503
     * @param state of mysqld
     * @param role fenced, replica, primary, stopped or none
     * @param lagMillis of a replica, absent when it is not known
     */
    record Answer(boolean healthy, String instance, String state, String role, Optional<Long> lagMillis) {}

    /**
     * @param path {@code /primary}: takes writes; {@code /replica}: follows and applies; {@code /health}: mysqld answers;
     *     {@code /liveness}: this process answers
     * @param lag for {@code /replica}: unhealthy beyond it, for instance {@code 10s}
     * @return empty when the path is another one
     * @throws IllegalArgumentException when {@code lag} is no span of time
     */
    static Optional<Answer> of(String path, Optional<String> lag, Status status) {
        return switch (path) {
            case "/primary" -> Optional.of(answer(primary(status), status));
            case "/replica" -> Optional.of(answer(replica(status, lag.map(Health::span)), status));
            case "/health" -> Optional.of(answer(status.answers(), status));
            case "/liveness" -> Optional.of(answer(true, status));
            default -> Optional.empty();
        };
    }

    private static boolean primary(Status status) {
        boolean writable = status.mysql().filter(report -> !report.readOnly()).isPresent();
        return status.answers()
                && writable
                && role(status).filter(Role.Primary.class::isInstance).isPresent();
    }

    private static boolean replica(Status status, Optional<Duration> most) {
        boolean applies = status.mysql()
                .flatMap(MysqlReport::replication)
                .filter(MysqlReport.Replication::applierRunning)
                .isPresent();
        boolean near = most.map(limit ->
                        lag(status).filter(lag -> lag.compareTo(limit) <= 0).isPresent())
                .orElse(true);
        return status.answers()
                && applies
                && near
                && role(status).filter(Role.Replica.class::isInstance).isPresent();
    }

    private static Optional<Role> role(Status status) {
        return status.role().map(Status.RoleReport::role);
    }

    private static Optional<Duration> lag(Status status) {
        return status.mysql().flatMap(MysqlReport::replication).flatMap(MysqlReport.Replication::lag);
    }

    private static Answer answer(boolean healthy, Status status) {
        return new Answer(
                healthy,
                status.instance().toString(),
                status.lifecycle().name().toLowerCase(Locale.ROOT),
                role(status)
                        .map(role -> role.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                        .orElse("none"),
                lag(status).map(Duration::toMillis));
    }

    /** @throws IllegalArgumentException when {@code text} is none */
    private static Duration span(String text) {
        Matcher matcher = SPAN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("lag: a span of time, for instance 10s or 500ms.");
        }
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofSeconds(amount);
        };
    }
}
