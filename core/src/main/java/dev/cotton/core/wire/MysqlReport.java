package dev.cotton.core.wire;

import dev.cotton.core.model.GtidSet;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a running mysqld says.
 *
 * @param received executed, or in the relay log
 * @param reached on an established primary or candidate: {@code gtid_owned} read first, then {@code gtid_executed}, united, read
 *     after the role was established under its stamp; the fixed target of a barrier
 * @param heartbeatAge since the last heartbeat commit succeeded on this primary
 * @param attachedSlots replication accounts with a dump thread here
 */
public record MysqlReport(
        String version,
        String serverUuid,
        boolean readOnly,
        boolean superReadOnly,
        GtidSet executed,
        GtidSet received,
        Optional<GtidSet> reached,
        Optional<Duration> heartbeatAge,
        Optional<Replication> replication,
        SemiSync semiSync,
        Set<Integer> attachedSlots) {
    public MysqlReport {
        attachedSlots = Collections.unmodifiableSet(new TreeSet<>(attachedSlots));
    }

    public MysqlReport withSets(GtidSet nowExecuted, GtidSet nowReceived) {
        return with(nowExecuted, nowReceived, reached, heartbeatAge, replication, semiSync);
    }

    public MysqlReport withReached(Optional<GtidSet> next) {
        return with(executed, received, next, heartbeatAge, replication, semiSync);
    }

    public MysqlReport withHeartbeatAge(Optional<Duration> next) {
        return with(executed, received, reached, next, replication, semiSync);
    }

    public MysqlReport withReplication(Optional<Replication> next) {
        return with(executed, received, reached, heartbeatAge, next, semiSync);
    }

    public MysqlReport withSemiSync(SemiSync next) {
        return with(executed, received, reached, heartbeatAge, replication, next);
    }

    private MysqlReport with(
            GtidSet nowExecuted,
            GtidSet nowReceived,
            Optional<GtidSet> nowReached,
            Optional<Duration> age,
            Optional<Replication> following,
            SemiSync acknowledging) {
        return new MysqlReport(
                version,
                serverUuid,
                readOnly,
                superReadOnly,
                nowExecuted,
                nowReceived,
                nowReached,
                age,
                following,
                acknowledging,
                attachedSlots);
    }

    /**
     * @param source {@code host:port}
     * @param receiver ON, CONNECTING or OFF
     * @param silence since the source last gave a sign of life: an event, a replication heartbeat, or an answer to a
     *     connection attempt of this executor's own; absent while that is not known
     * @param sinceReceived since anything that the source sent was last written to the relay log, the heartbeat commit's
     *     events among it; absent while that is not known
     * @param lag since the newest heartbeat commit applied here was made; absent before the first one
     */
    public record Replication(
            String source,
            String receiver,
            boolean applierRunning,
            String receiverError,
            String applierError,
            Optional<Duration> silence,
            Optional<Duration> sinceReceived,
            Optional<Duration> lag) {
        public Replication withAges(
                Optional<Duration> nowSilent, Optional<Duration> nowSinceReceived, Optional<Duration> nowBehind) {
            return new Replication(
                    source,
                    receiver,
                    applierRunning,
                    receiverError,
                    applierError,
                    nowSilent,
                    nowSinceReceived,
                    nowBehind);
        }

        public boolean receiving() {
            return receiver.equals("ON");
        }

        /** Why nothing comes or nothing is applied, as MySQL says it; while it says nothing, what the threads do. */
        public String trouble() {
            String errors = (receiverError + " " + applierError).strip();
            if (!errors.isEmpty()) {
                return errors;
            }
            if (!receiving()) {
                return receiver.equals("OFF") ? "its receiver is stopped." : "it is connecting to " + source + ".";
            }
            return applierRunning ? "" : "its applier is stopped.";
        }
    }

    /**
     * @param source whether this server waits for acks
     * @param ackCount acks that it waits for
     * @param clients semi-sync replicas that it counts: never evidence that they have received anything
     * @param acks whether this server's receiver was started as a semi-sync replica
     * @param waiting sessions that wait for an ack now
     */
    public record SemiSync(boolean source, int ackCount, int clients, boolean acks, int waiting) {}
}
