package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.MysqlReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Out of the in-sync set.
 *
 * <ol>
 *   <li>The intent is persisted; members that are gone together leave together.
 *   <li>The primary, told so under the new stamp, locks their accounts and sees their dump threads gone.
 *   <li>Barrier: enough of those that stay have received all that the primary had reached.
 *   <li>Set and ack count are persisted; then the primary uses them.
 * </ol>
 *
 * <p>With nobody left the set is persisted at once: nobody's word is needed but the primary's own.
 */
record Leaving(Duration detachedLimit) implements Rule {
    /** How long the executor of a replica may be silent while others answer: longer than it takes to start again. */
    static final Duration UNREACHED = Duration.ofSeconds(6);

    /** Since a heartbeat commit: longer than a healthy one takes on a busy machine. */
    private static final Duration WAITING = Duration.ofSeconds(2);

    @Override
    public Optional<Change> next(Situation situation) {
        if (!Roles.runs(situation.record()) || !situation.primaryServes()) {
            return Optional.empty();
        }
        return begin(situation).or(() -> finish(situation));
    }

    private Optional<Change> begin(Situation situation) {
        List<Member> going = situation.inSyncReplicas().stream()
                .filter(member -> member.stage() == Stage.IN_SYNC)
                .filter(member -> !reason(situation, member).isEmpty())
                .toList();
        if (going.isEmpty()) {
            return Optional.empty();
        }
        String why = going.stream()
                .map(member -> member.id() + " has to leave the in-sync set: " + reason(situation, member) + ".")
                .collect(Collectors.joining(" "));
        return Optional.of(Change.of(
                Event.Kind.MEMBER_LEAVING,
                going.getFirst().id(),
                why,
                change -> change.everyMember(
                        member -> going.contains(member) ? member.withStage(Stage.LEAVING) : member)));
    }

    private String reason(Situation situation, Member member) {
        if (situation.observation().lost(member.id())) {
            return "its place or its data are gone";
        }
        Optional<Duration> detached = situation.observation().sight(member.id()).map(Observation.Sight::detached);
        if (detached.filter(span -> span.compareTo(detachedLimit) > 0).isPresent()) {
            return "the primary has not seen it for " + Sentences.span(detached.orElse(Duration.ZERO));
        }
        if (outOfReach(situation, member)) {
            return "it does not answer, and the primary would go on sending to it in vain";
        }
        boolean hangs = situation
                .observation()
                .status(member.id())
                .filter(status -> status.lifecycle() == Lifecycle.UNRESPONSIVE)
                .isPresent();
        if (hangs) {
            return "its mysqld runs and does not answer";
        }
        if (situation.stranger(member)) {
            return "its data are not those that the set names";
        }
        return Vacating.whyDismissed(situation, member).orElse("");
    }

    /**
     * A host that vanishes says no farewell: the primary goes on seeing it for as long as TCP does, which is minutes.
     * While one in-sync replica answers, a scheduler that cannot reach another one lets it go after a while, because it
     * could not ask it in a failover either. The last ones are let go only when commits wait: it may be the scheduler
     * that is cut off.
     */
    private boolean outOfReach(Situation situation, Member member) {
        Duration silence = situation.silence(member);
        boolean othersAnswer = situation.inSyncReplicas().stream()
                .filter(other -> !other.equals(member))
                .anyMatch(other -> situation.observation().mysql(other.id()).isPresent());
        boolean blocksCommits = silence.compareTo(detachedLimit) > 0 && commitsWait(situation);
        boolean canBeSpared = silence.compareTo(UNREACHED) > 0 && othersAnswer;
        return blocksCommits || canBeSpared;
    }

    private static boolean commitsWait(Situation situation) {
        return situation
                .record()
                .primary()
                .flatMap(situation.observation()::mysql)
                .filter(mysql -> mysql.semiSync().waiting() > 0)
                .flatMap(MysqlReport::heartbeatAge)
                .filter(age -> age.compareTo(WAITING) > 0)
                .isPresent();
    }

    private static Optional<Change> finish(Situation situation) {
        ClusterRecord record = situation.record();
        List<Member> going = record.members().stream()
                .filter(member -> member.stage() == Stage.LEAVING)
                .toList();
        if (going.isEmpty()) {
            return Optional.empty();
        }
        List<Member> staying = situation.inSyncReplicas().stream()
                .filter(member -> !going.contains(member))
                .toList();
        int ackCount = Math.min(record.ackCount(), record.settled(staying.size() + 1));
        boolean passed = staying.isEmpty()
                || situation
                        .reached()
                        .filter(target -> situation.barrierPassed(staying, ackCount, target))
                        .isPresent();
        return passed ? Optional.of(left(going, staying, ackCount)) : Optional.empty();
    }

    private static Change left(List<Member> going, List<Member> staying, int ackCount) {
        return Change.of(
                Event.Kind.MEMBER_LEFT,
                going.getFirst().id(),
                Sentences.names(going) + " left the in-sync set; the primary and " + staying.size()
                        + " replicas are in it, and " + ackCount + " of them acknowledge each commit.",
                change -> change.everyMember(
                                member -> going.contains(member) ? member.withStage(Stage.DETACHED) : member)
                        .ackCount(ackCount)
                        .ackTarget(ackCount));
    }
}
