package dev.cotton.core.control;

import dev.cotton.core.model.Member;
import dev.cotton.core.port.Executors.Heard;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.MysqlReport.Replication;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whether the primary is dead, and by whose word. A slow scheduler is not evidence: every age comes from the observer's
 * own clock.
 */
final class Death {
    /** A replica has lost its source when it had no sign of life for this long. */
    static final Duration LOST = Duration.ofSeconds(2);

    /** A heartbeat commit that has not come back for this long although nothing waits for an acknowledgement. */
    static final Duration HANG = Duration.ofSeconds(3);

    /** Commits that have waited for this long while nobody is attached who could acknowledge them. */
    static final Duration STARVED = Duration.ofSeconds(6);

    /**
     * A replica is sent nothing when its source, which commits a heartbeat every second, has sent no event for this long. A
     * mysqld that lives and whose disk does not take anything any more greets, and keeps its connections.
     */
    static final Duration DRY = Duration.ofSeconds(10);

    private Death() {}

    /** The evidence as a sentence; absent while the primary has to be held for alive. */
    static Optional<String> evidence(Situation situation) {
        return situation
                .record()
                .primaryMember()
                .flatMap(primary -> gone(situation, primary)
                        .or(() -> exited(situation, primary))
                        .or(() -> unseen(situation, primary))
                        .or(() -> hangs(situation, primary))
                        .or(() -> starves(situation, primary)));
    }

    private static Optional<String> gone(Situation situation, Member primary) {
        boolean gone = situation.observation().lost(primary.id()) || situation.stranger(primary);
        return gone ? Optional.of("Place or data of the primary " + primary.id() + " are gone.") : Optional.empty();
    }

    private static Optional<String> exited(Situation situation, Member primary) {
        return situation
                .observation()
                .status(primary.id())
                .filter(status -> switch (status.lifecycle()) {
                    case RESTARTING, FAILED -> true;
                    case EMPTY, PREPARING, STARTING, RUNNING, UNRESPONSIVE, STOPPED -> false;
                })
                .map(status -> "The mysqld of the primary " + primary.id() + " has exited: " + status.detail());
    }

    /** Neither the scheduler nor a majority of the in-sync replicas see it, or get anything of what it should commit. */
    private static Optional<String> unseen(Situation situation, Member primary) {
        boolean reachable = situation
                .observation()
                .sight(primary.id())
                .flatMap(Observation.Sight::heard)
                .filter(Heard::reachable)
                .isPresent();
        List<Member> replicas = situation.inSyncReplicas();
        if (reachable || replicas.isEmpty()) {
            return Optional.empty();
        }
        List<Member> losers =
                replicas.stream().filter(member -> lostIt(situation, member)).toList();
        List<Member> unfed = replicas.stream()
                .filter(member -> !losers.contains(member) && dry(situation, member))
                .toList();
        if (2 * (losers.size() + unfed.size()) <= replicas.size()) {
            return Optional.empty();
        }
        String lost = losers.isEmpty()
                ? ""
                : ", and " + Sentences.names(losers) + " had no sign of life from it for " + Sentences.span(LOST)
                        + " or longer";
        String dry = unfed.isEmpty()
                ? ""
                : ", and " + Sentences.names(unfed) + " were sent nothing by it for " + Sentences.span(DRY)
                        + " or longer";
        return Optional.of("The executor of the primary " + primary.id() + " does not answer" + lost + dry + ".");
    }

    private static boolean lostIt(Situation situation, Member member) {
        return replication(situation, member)
                .flatMap(Replication::silence)
                .filter(silence -> silence.compareTo(LOST) > 0)
                .isPresent();
    }

    private static boolean dry(Situation situation, Member member) {
        return replication(situation, member)
                .flatMap(Replication::sinceReceived)
                .filter(span -> span.compareTo(DRY) > 0)
                .isPresent();
    }

    private static Optional<Replication> replication(Situation situation, Member member) {
        return situation.observation().mysql(member.id()).flatMap(MysqlReport::replication);
    }

    private static Optional<String> hangs(Situation situation, Member primary) {
        Optional<Status> status = situation.observation().status(primary.id());
        if (status.filter(seen -> seen.lifecycle() == Lifecycle.UNRESPONSIVE).isPresent()) {
            return Optional.of("The mysqld of the primary " + primary.id() + " runs and does not answer.");
        }
        return status.filter(Death::open)
                .flatMap(Status::mysql)
                .filter(mysql -> mysql.semiSync().waiting() == 0)
                .flatMap(MysqlReport::heartbeatAge)
                .filter(age -> age.compareTo(HANG) > 0)
                .map(age -> "No write has come back on the primary " + primary.id() + " for " + Sentences.span(age)
                        + ", and none of them waits for an acknowledgement: its disk or a lock hangs.");
    }

    /** Commits wait in vain although the replicas are alive: they cannot reach it, cannot log in, or are sent nothing. */
    private static Optional<String> starves(Situation situation, Member primary) {
        Optional<MysqlReport> waiting = situation
                .observation()
                .status(primary.id())
                .filter(Death::open)
                .flatMap(Status::mysql)
                .filter(mysql -> mysql.semiSync().waiting() > 0);
        List<Member> replicas = situation.inSyncReplicas();
        boolean allLost = !replicas.isEmpty() && replicas.stream().allMatch(member -> lostIt(situation, member));
        if (waiting.isPresent() && allLost) {
            return Optional.of("Commits wait on the primary " + primary.id() + ", and " + Sentences.names(replicas)
                    + " had no sign of life from it for " + Sentences.span(LOST) + " or longer.");
        }
        boolean allDry = !replicas.isEmpty() && replicas.stream().allMatch(member -> dry(situation, member));
        if (allDry
                && waiting.flatMap(MysqlReport::heartbeatAge)
                        .filter(age -> age.compareTo(DRY) > 0)
                        .isPresent()) {
            return Optional.of("Commits wait on the primary " + primary.id() + ", and " + Sentences.names(replicas)
                    + " were sent nothing by it for " + Sentences.span(DRY) + " or longer.");
        }
        return waiting.filter(mysql -> replicas.stream()
                        .noneMatch(member -> mysql.attachedSlots().contains(member.slot())))
                .flatMap(MysqlReport::heartbeatAge)
                .filter(age -> age.compareTo(STARVED) > 0)
                .map(age -> "Commits have waited on the primary " + primary.id() + " for " + Sentences.span(age)
                        + ", and no replica gets in to acknowledge them.");
    }

    private static boolean open(Status status) {
        return status.role()
                .filter(report -> report.established()
                        && report.role() instanceof Role.Primary(int count, var admitted, boolean frozen)
                        && !frozen)
                .isPresent();
    }
}
