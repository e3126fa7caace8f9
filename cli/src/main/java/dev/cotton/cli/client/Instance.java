package dev.cotton.cli.client;

import java.time.Duration;
import java.util.Optional;

/**
 * One mysqld of a cluster.
 *
 * @param role {@code primary} or {@code replica}
 * @param stage how far the member is, for instance {@code in-sync}
 */
public record Instance(
        String id,
        String role,
        String stage,
        Optional<Place> place,
        Optional<Executor> executor,
        Optional<Mysql> mysql) {
    /** Where the engine put it. */
    public record Place(String presence, String host, String isolation, String why, Optional<Endpoints> endpoints) {}

    /** Each is {@code <address>:<port>}. */
    public record Endpoints(String mysql, String health) {}

    /** What was heard of the executor. */
    public record Executor(boolean reachable, String trouble, Optional<Report> report) {}

    /** What the executor says. */
    public record Report(
            String lifecycle,
            String detail,
            Optional<Double> progress,
            String memory,
            String diskUsed,
            String diskFree,
            Optional<Long> processId) {}

    /** What mysqld says. */
    public record Mysql(String version, Optional<Replication> replication) {}

    /** How a replica follows. */
    public record Replication(
            String receiver,
            boolean applierRunning,
            String receiverError,
            String applierError,
            Optional<Duration> lag) {}

    /** Where clients connect to, once the engine has placed it. */
    public Optional<String> mysqlEndpoint() {
        return place.flatMap(Place::endpoints).map(Endpoints::mysql);
    }

    public Optional<Report> report() {
        return executor.flatMap(Executor::report);
    }

    /** How far a replica is behind its source. */
    public Optional<Duration> lag() {
        return mysql.flatMap(Mysql::replication).flatMap(Replication::lag);
    }

    /** What keeps it from being as it should, or what it is at; empty when there is nothing to say. */
    public String remark() {
        if (executor.filter(each -> !each.reachable()).isPresent()) {
            return executor.map(Executor::trouble).orElse("");
        }
        String replication = mysql.flatMap(Mysql::replication)
                .map(each -> (each.receiverError() + " " + each.applierError()).strip())
                .orElse("");
        if (!replication.isEmpty()) {
            return replication;
        }
        String placed = place.map(Place::why).orElse("");
        return placed.isEmpty() ? report().map(Report::detail).orElse("") : placed;
    }
}
