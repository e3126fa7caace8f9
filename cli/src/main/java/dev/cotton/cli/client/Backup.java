package dev.cotton.cli.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A backup in the store.
 *
 * @param state {@code proven}, {@code unproven} or {@code refuted}
 * @param source the instance whose data were copied
 * @param gtids the transactions that it has
 */
public record Backup(
        String id,
        String cluster,
        String state,
        String source,
        String mysql,
        String gtids,
        String data,
        String stored,
        Instant begunAt,
        Instant finishedAt,
        Optional<Proof> proof) {
    /**
     * What came of restoring it.
     *
     * @param why when it failed; empty otherwise
     */
    public record Proof(Instant at, Duration restoring, Duration checking, int tables, int uncounted, String why) {}

    /**
     * One that is being made or proven.
     *
     * @param progress of the step, 0 to 1
     */
    public record Run(
            String id,
            String cluster,
            String step,
            int attempts,
            Instant begunAt,
            Optional<Double> progress,
            String why) {}

    /** One that was not made, or not proven. */
    public record Failure(String id, Instant at, String why) {}

    /**
     * The archive of binary logs.
     *
     * @param phase {@code waiting}, {@code running} or {@code failed}
     * @param complete until when all that was committed is in it
     * @param why what is wrong; empty when nothing is
     */
    public record Archive(String phase, Instant complete, Duration lag, String why) {}

    /** What holds for one cluster; absent is what holds for all. */
    public record Policy(
            Optional<String> schedule,
            Optional<String> zone,
            Optional<Integer> keep,
            Optional<Integer> keepDaily,
            Optional<Integer> keepWeekly,
            Optional<Integer> keepMonthly) {
        public static final Policy ORDINARY = new Policy(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        /** {@code BackupPolicyResource} of the REST interface. */
        ObjectNode request() {
            ObjectNode request = JsonNodeFactory.instance.objectNode();
            schedule.ifPresent(cron -> request.put("schedule", cron));
            zone.ifPresent(name -> request.put("zone", name));
            keep.ifPresent(count -> request.put("keep", count));
            keepDaily.ifPresent(count -> request.put("keepDaily", count));
            keepWeekly.ifPresent(count -> request.put("keepWeekly", count));
            keepMonthly.ifPresent(count -> request.put("keepMonthly", count));
            return request;
        }
    }

    /** How a cluster is backed up. */
    public record Standing(
            Optional<Backup> lastProven,
            Optional<Run> running,
            Optional<Instant> next,
            Optional<Archive> archive,
            Policy policy,
            List<Failure> failures) {
        public Standing {
            failures = List.copyOf(failures);
        }
    }

    /**
     * Some, the newest first.
     *
     * @param trouble why there are none, or why the store cannot be read now
     */
    public record All(List<Backup> backups, List<Run> running, Optional<String> trouble) {
        public All {
            backups = List.copyOf(backups);
            running = List.copyOf(running);
        }
    }
}
