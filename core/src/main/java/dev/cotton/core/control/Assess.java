package dev.cotton.core.control;

import dev.cotton.core.control.Assessment.State;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.Succession.Election;
import dev.cotton.core.port.Executors.Heard;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.MysqlReport.Replication;
import dev.cotton.core.wire.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Names the one state that a cluster is in, with the evidence. */
final class Assess {
    /** Healthy means that a heartbeat commit succeeded within this time. */
    static final Duration FRESH = Duration.ofSeconds(3);

    /** How long a server that was never heard is listened to before its silence means anything. */
    private static final Duration FIRST_WORD = Duration.ofSeconds(5);

    private Assess() {}

    static Assessment of(Situation situation) {
        ClusterRecord record = situation.record();
        return Recognizing.doubt(situation)
                .filter(_ -> record.phase() != ClusterRecord.Phase.BINNED)
                .map(doubt -> new Assessment(State.BLOCKED, doubt))
                .orElseGet(() -> undoubted(situation, record));
    }

    private static Assessment undoubted(Situation situation, ClusterRecord record) {
        return switch (record.phase()) {
            case BINNED ->
                new Assessment(
                        State.BINNED,
                        "Deleted; the data are in the bin"
                                + record.binnedUntil()
                                        .map(until -> " until " + until)
                                        .orElse("") + ".");
            case PURGING -> new Assessment(State.DELETING, "The data are being destroyed.");
            case DELETING -> new Assessment(State.DELETING, "Being deleted: " + ended(situation));
            case CREATING, STEADY -> alive(situation);
        };
    }

    private static String ended(Situation situation) {
        List<Member> members = situation.record().members();
        long ended = members.stream()
                .filter(member -> Roles.ended(situation, member))
                .count();
        return ended + " of " + members.size() + " servers have stopped.";
    }

    private static Assessment alive(Situation situation) {
        ClusterRecord record = situation.record();
        if (record.power() == ClusterRecord.Power.OFF) {
            boolean released = record.members().stream().allMatch(member -> Roles.released(situation, member));
            return new Assessment(
                    State.STOPPED,
                    released ? "Stopped on request; the data are kept." : "Stopping: " + ended(situation));
        }
        Optional<Member> primary = record.primaryMember();
        if (primary.isEmpty() || !everServed(situation)) {
            return new Assessment(State.CREATING, firstGap(situation));
        }
        return primary.map(member -> serving(situation, member)).orElseThrow();
    }

    /** Whether a creation that is still running has come as far as a primary that takes writes. */
    private static boolean everServed(Situation situation) {
        return situation.running(Operation.Kind.CREATE).isEmpty();
    }

    private static String firstGap(Situation situation) {
        List<String> gaps = gaps(situation);
        return gaps.isEmpty() ? "Nearly there." : gaps.getFirst();
    }

    private static Assessment serving(Situation situation, Member primary) {
        ClusterRecord record = situation.record();
        if (record.election().isPresent()) {
            return electing(situation, record.election().get());
        }
        if (record.handover().isPresent()) {
            return new Assessment(
                    State.SWITCHING_OVER,
                    primary.id() + " hands over to " + record.handover().get().target() + ".");
        }
        Optional<String> dead = Death.evidence(situation);
        boolean mayReturn = situation.observation().status(primary.id()).isPresent() && !situation.stranger(primary);
        if (dead.isPresent() && (!mayReturn || Electing.objection(situation).isPresent())) {
            return new Assessment(State.BLOCKED, dead.orElseThrow() + " " + refusal(situation));
        }
        List<Member> unheard = situation.record().inSync().stream()
                .filter(member -> unheard(situation, member))
                .toList();
        Optional<String> down = unheard.contains(primary) ? Optional.empty() : primaryGap(situation, primary);
        if (down.isPresent() && aboutToOpen(situation, primary)) {
            return new Assessment(State.SWITCHING_OVER, primary.id() + " is about to take writes.");
        }
        if (down.isPresent()) {
            return new Assessment(State.PRIMARY_DOWN, down.orElseThrow());
        }
        if (!unheard.isEmpty()) {
            return new Assessment(
                    State.LOOKING,
                    "This scheduler has just begun to listen to " + Sentences.names(unheard)
                            + " and has not heard from there yet; that says nothing about the databases.");
        }
        List<String> gaps = Stream.concat(Vacating.moves(situation).stream(), gaps(situation).stream())
                .toList();
        return gaps.isEmpty()
                ? new Assessment(
                        State.HEALTHY,
                        "A write just succeeded on " + primary.id() + " and every member is in" + " sync.")
                : new Assessment(State.DEGRADED, String.join(" ", gaps));
    }

    /** Whether it answers, and is so new as a primary that no heartbeat was due yet. */
    private static boolean aboutToOpen(Situation situation, Member primary) {
        return situation.observation().stood(situation.record()).compareTo(FRESH) < 0
                && situation
                        .observation()
                        .mysql(primary.id())
                        .filter(mysql -> mysql.heartbeatAge().isEmpty())
                        .isPresent();
    }

    /** Whether {@code member} was never heard, and has been listened to for so short a time that nothing follows. */
    private static boolean unheard(Situation situation, Member member) {
        return situation
                .observation()
                .sight(member.id())
                .flatMap(Observation.Sight::heard)
                .filter(heard -> heard.status().isEmpty() && heard.silence().compareTo(FIRST_WORD) < 0)
                .isPresent();
    }

    /** Why nobody is promoted by itself now. */
    private static String refusal(Situation situation) {
        return Electing.objection(situation).orElseGet(() -> {
            int needed = Quorum.needed(situation.record());
            List<Member> replicas = situation.inSyncReplicas();
            String missing = Quorum.missing(situation).isEmpty()
                    ? "no replica is in sync"
                    : Sentences.names(Quorum.missing(situation)) + " cannot be asked";
            return needed > replicas.size()
                    ? "Nobody else is known to have every acknowledged commit: nothing is promoted, and what the"
                            + " replicas have received is kept. The primary's return ends this."
                    : "To know every acknowledged commit, " + needed + " of " + replicas.size()
                            + " in-sync replicas have to answer; " + missing + ". Promoting now could lose commits:"
                            + " bring them or the primary back, or accept the loss.";
        });
    }

    private static Assessment electing(Situation situation, Election election) {
        ClusterRecord record = situation.record();
        if (election.choice().isPresent()) {
            return new Assessment(State.FAILING_OVER, election.choice().get() + " is about to be the primary.");
        }
        List<Member> answers = Quorum.answers(situation);
        boolean patient = situation.observation().stood(record).compareTo(FRESH) < 0;
        if (patient) {
            return new Assessment(State.FAILING_OVER, election.evidence() + " A new primary is being elected.");
        }
        return Quorum.suffices(record, answers)
                ? new Assessment(
                        State.BLOCKED,
                        "None of " + Sentences.names(answers) + " has received all that the others have."
                                + " Nothing is promoted; all of them keep what they have.")
                : new Assessment(State.BLOCKED, election.evidence() + " " + refusal(situation));
    }

    /** Why the primary does not take writes, if it does not. */
    static Optional<String> primaryGap(Situation situation, Member primary) {
        Optional<MysqlReport> mysql = situation.observation().mysql(primary.id());
        if (mysql.isEmpty()) {
            return Optional.of("The primary " + primary.id() + " does not answer: " + trouble(situation, primary));
        }
        Optional<Duration> age = writeAge(situation, primary);
        if (age.isEmpty()) {
            return Optional.of("No write has succeeded yet on the primary " + primary.id() + ".");
        }
        return age.filter(span -> span.compareTo(FRESH) > 0)
                .map(span ->
                        "No write has succeeded on the primary " + primary.id() + " for " + Sentences.span(span) + ".");
    }

    /** Since a heartbeat commit succeeded on the primary, as far as is known; absent before the first one. */
    static Optional<Duration> writeAge(Situation situation, Member primary) {
        Duration silence = situation
                .observation()
                .sight(primary.id())
                .flatMap(Observation.Sight::heard)
                .map(Heard::silence)
                .orElse(Duration.ZERO);
        return situation
                .observation()
                .mysql(primary.id())
                .flatMap(MysqlReport::heartbeatAge)
                .map(silence::plus);
    }

    /** What is missing to be healthy, a sentence each. */
    static List<String> gaps(Situation situation) {
        ClusterRecord record = situation.record();
        List<String> gaps = new ArrayList<>();
        for (Member member : record.members()) {
            Optional<String> gap =
                    record.isPrimary(member) ? primaryGap(situation, member) : replicaGap(situation, member);
            gap.ifPresent(gaps::add);
        }
        int missing = record.spec().instances() - record.members().size();
        if (missing > 0) {
            gaps.add(missing + " more instances are wanted.");
        }
        int settled = record.settledAckCount();
        if (record.ackCount() < settled) {
            gaps.add("Commits wait for " + record.ackCount() + " acknowledgements; " + settled + " are the aim.");
        }
        return gaps;
    }

    /** Whether {@code member} is in sync and nothing is missing of it. */
    static boolean well(Situation situation, Member member) {
        return member.stage() == Member.Stage.IN_SYNC
                && (situation.record().isPrimary(member)
                                ? primaryGap(situation, member)
                                : replicaGap(situation, member))
                        .isEmpty();
    }

    private static Optional<String> replicaGap(Situation situation, Member member) {
        return switch (member.stage()) {
            case LAUNCHING -> Optional.of(member.id() + " is being made: " + trouble(situation, member));
            case DETACHED -> Optional.of(detached(situation, member));
            case ERRANT ->
                Optional.of(member.id()
                        + (member.errant().isEmpty()
                                ? " gives up its data, which are not whole,"
                                : " saves " + Sentences.alone(member.errant()) + ",")
                        + " and then gets a new copy of the data.");
            case FOLLOWING -> Optional.of(member.id() + " is catching up.");
            case LEAVING -> Optional.of(member.id() + " is leaving the in-sync set.");
            case RETIRING -> Optional.of(member.id() + " is given up, and what is left of it is destroyed.");
            case IN_SYNC -> following(situation, member);
        };
    }

    private static String detached(Situation situation, Member member) {
        return member.id() + " is out of the in-sync set: " + trouble(situation, member);
    }

    private static Optional<String> following(Situation situation, Member member) {
        if (member.doubtedBoot().isPresent()) {
            return Optional.of("The host of " + member.id() + " has booted; it counts again when it has caught up.");
        }
        Optional<Replication> replication =
                situation.observation().mysql(member.id()).flatMap(MysqlReport::replication);
        if (replication.isEmpty()) {
            boolean answers = situation.observation().mysql(member.id()).isPresent();
            return Optional.of(
                    member.id() + " does not follow" + (answers ? " yet." : ": " + trouble(situation, member)));
        }
        return replication
                .filter(seen -> !seen.receiving() || !(seen.applierRunning() || situation.backedUp(member)))
                .map(seen -> member.id() + " does not follow: " + seen.trouble())
                .or(() -> situation.acknowledges(member)
                        ? Optional.empty()
                        : Optional.of(member.id() + " does not acknowledge commits yet."));
    }

    /** What engine, link or executor say of a member that is not as it should be. */
    private static String trouble(Situation situation, Member member) {
        return situation
                .observation()
                .sight(member.id())
                .map(sight -> sight.status()
                        .map(Assess::detail)
                        .or(() -> sight.heard().map(Heard::trouble).filter(text -> !text.isEmpty()))
                        .orElse(sight.place().why()))
                .filter(text -> !text.isBlank())
                .orElse("it has no place yet.");
    }

    private static String detail(Status status) {
        String obstacle = status.role().map(Status.RoleReport::obstacle).orElse("");
        String text = obstacle.isBlank() ? status.detail() : obstacle;
        return text.isBlank()
                ? "its server is " + status.lifecycle().name().toLowerCase(java.util.Locale.ROOT) + "."
                : text;
    }
}
