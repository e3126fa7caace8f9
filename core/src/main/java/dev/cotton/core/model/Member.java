package dev.cotton.core.model;

import java.util.Optional;

/**
 * One instance of a cluster as the record knows it.
 *
 * @param slot its replication account, 0 to {@link #SLOTS} - 1; used again only when the former holder is destroyed
 *     for certain
 * @param incarnation of the data that the stage speaks of; absent until the member is first admitted
 * @param doubtedBoot set while the member's host has booted since its relay log was last known to be whole: it does not
 *     count until it has received what the primary had reached, read after that boot
 * @param announced what discovery shows of it
 * @param errant transactions that it has and the primary has not, while its stage is {@link Stage#ERRANT}
 * @param shape that it was made with
 */
public record Member(
        InstanceId id,
        int slot,
        Stage stage,
        Optional<Incarnation> incarnation,
        Optional<String> doubtedBoot,
        Announced announced,
        Optional<Endpoint> endpoint,
        GtidSet errant,
        Shape shape) {
    /** Replication accounts that every instance has from its first start. */
    public static final int SLOTS = 16;

    /** How far a member is. */
    public enum Stage {
        /** Wanted from the engine; has no data or is not attached for the first time. */
        LAUNCHING,
        /** Out of the in-sync set and locked out at the primary; comes back through {@link #FOLLOWING}. */
        DETACHED,
        /**
         * Has transactions that the primary has not, or has lost some that it cannot receive: what it has alone is
         * saved, then its data go.
         */
        ERRANT,
        /** Confirmed receiver stopped and ack flag off, then let in: follows and acknowledges nothing. */
        FOLLOWING,
        /** In the in-sync set. The primary is too. */
        IN_SYNC,
        /** Still in the in-sync set, on its way out of it. */
        LEAVING,
        /** Out of the in-sync set; its data goes to the bin or is gone, and then it is forgotten. */
        RETIRING
    }

    /** A member's place in discovery. */
    public enum Announced {
        NONE,
        REPLICA,
        PRIMARY
    }

    /** Whether the in-sync set names it. */
    public boolean inSync() {
        return stage == Stage.IN_SYNC || stage == Stage.LEAVING;
    }

    public Member withStage(Stage next) {
        return new Member(id, slot, next, incarnation, doubtedBoot, announced, endpoint, GtidSet.EMPTY, shape);
    }

    /** In {@link Stage#ERRANT}. */
    public Member withErrant(GtidSet extra) {
        return new Member(id, slot, Stage.ERRANT, incarnation, doubtedBoot, announced, endpoint, extra, shape);
    }

    public Member withIncarnation(Incarnation next) {
        return new Member(id, slot, stage, Optional.of(next), doubtedBoot, announced, endpoint, errant, shape);
    }

    public Member withDoubtedBoot(Optional<String> next) {
        return new Member(id, slot, stage, incarnation, next, announced, endpoint, errant, shape);
    }

    public Member withAnnounced(Announced next) {
        return new Member(id, slot, stage, incarnation, doubtedBoot, next, endpoint, errant, shape);
    }

    public Member withShape(Shape next) {
        return new Member(id, slot, stage, incarnation, doubtedBoot, announced, endpoint, errant, next);
    }

    public Member withEndpoint(Endpoint next) {
        return new Member(id, slot, stage, incarnation, doubtedBoot, announced, Optional.of(next), errant, shape);
    }
}
