package dev.cotton.core.control;

import dev.cotton.core.control.Assessment.State;
import dev.cotton.core.model.ClusterRecord.Phase;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Announced;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.Operation.Kind;
import dev.cotton.core.model.Operation.Outcome;
import dev.cotton.core.model.Operation.Step;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Marks the steps of operations as they are done, in their order, and ends operations. */
final class Progress implements Rule {
    static final String PLACED = "instances placed";
    static final String STARTED = "servers started";
    static final String RESTORED = "data restored";
    static final String OPENED = "primary takes writes";
    static final String NAMED = "next primary named";
    static final String MADE = "instances made as asked";
    static final String SHED = "no instance left over";
    static final String HEALTHY = "every replica in sync";
    static final String WITHDRAWN = "out of discovery";
    static final String STOPPED = "servers stopped";
    static final String KEPT = "data put away";
    static final String SUCCEEDED = "new cluster begun";
    static final String DESTROYED = "data destroyed";

    /** The steps of the creation of a cluster from a backup: replicas are copies of its primary. */
    static List<Step> stepsFromBackup() {
        return steps(List.of(PLACED, RESTORED, OPENED, HEALTHY));
    }

    /** The steps of an operation of that kind. */
    static List<Step> steps(Kind kind) {
        return steps(
                switch (kind) {
                    case CREATE, RESTORE, START -> List.of(PLACED, STARTED, OPENED, HEALTHY);
                    case DELETE, STOP -> List.of(WITHDRAWN, STOPPED, KEPT);
                    case REPLACE -> List.of(WITHDRAWN, STOPPED, KEPT, SUCCEEDED);
                    case SWITCHOVER, FAILOVER -> List.of(NAMED, OPENED, HEALTHY);
                    case CHANGE -> List.of(MADE, SHED, HEALTHY);
                    case PURGE -> List.of(WITHDRAWN, STOPPED, DESTROYED);
                });
    }

    private static List<Step> steps(List<String> names) {
        return names.stream().map(name -> new Step(name, Optional.empty())).toList();
    }

    @Override
    public Optional<Change> next(Situation situation) {
        return situation.record().operations().stream()
                .filter(operation -> operation.outcome() == Outcome.RUNNING)
                .flatMap(operation -> advance(situation, operation).stream())
                .findFirst();
    }

    private static Optional<Change> advance(Situation situation, Operation operation) {
        Instant now = situation.observation().now();
        List<Step> steps = new ArrayList<>();
        boolean all = true;
        for (Step step : operation.steps()) {
            all = all && (step.finishedAt().isPresent() || done(situation, operation, step.name()));
            steps.add(all ? new Step(step.name(), step.finishedAt().or(() -> Optional.of(now))) : step);
        }
        if (steps.equals(operation.steps())) {
            return Optional.empty();
        }
        Operation next = all ? finished(operation, steps, now) : withSteps(operation, steps);
        String why = operation.kind() + ": " + next.why();
        Optional<Event.Kind> told = all && next.steps().getLast().name().equals(HEALTHY)
                ? Optional.of(Event.Kind.CLUSTER_HEALTHY)
                : Optional.empty();
        return Optional.of(new Change(
                change -> change.everyOperation(other -> other.id().equals(operation.id()) ? next : other),
                told,
                Optional.empty(),
                told.isPresent() ? "The cluster is healthy: " + next.why() : why));
    }

    private static Operation withSteps(Operation operation, List<Step> steps) {
        String why = steps.stream()
                .filter(step -> step.finishedAt().isEmpty())
                .findFirst()
                .map(step -> "Waiting for: " + step.name() + ".")
                .orElse(operation.why());
        return new Operation(
                operation.id(),
                operation.kind(),
                Outcome.RUNNING,
                operation.startedAt(),
                Optional.empty(),
                operation.idempotencyKey(),
                steps,
                why);
    }

    private static Operation finished(Operation operation, List<Step> steps, Instant now) {
        return new Operation(
                operation.id(),
                operation.kind(),
                Outcome.SUCCEEDED,
                operation.startedAt(),
                Optional.of(now),
                operation.idempotencyKey(),
                steps,
                "Done.");
    }

    private static boolean done(Situation situation, Operation operation, String step) {
        List<Member> members = situation.record().members();
        return switch (step) {
            case PLACED -> members.stream().allMatch(member -> placed(situation, member));
            case RESTORED -> members.stream().anyMatch(member -> running(situation, member));
            case STARTED -> members.stream().allMatch(member -> running(situation, member));
            case OPENED ->
                situation
                        .record()
                        .primaryMember()
                        .filter(primary -> Assess.primaryGap(situation, primary).isEmpty())
                        .isPresent();
            case NAMED -> situation.record().succession().isEmpty();
            case MADE -> asAsked(situation) >= situation.record().spec().instances();
            case SHED -> members.size() == situation.record().spec().instances();
            case HEALTHY -> healthy(situation);
            case WITHDRAWN -> members.stream().allMatch(member -> member.announced() == Announced.NONE);
            case STOPPED -> members.stream().allMatch(member -> Roles.ended(situation, member));
            case SUCCEEDED -> situation.record().heir().isEmpty();
            case KEPT ->
                operation.kind() == Kind.STOP
                        ? members.stream().allMatch(member -> Roles.released(situation, member))
                        : situation.record().phase() == Phase.BINNED;
            default -> false;
        };
    }

    private static long asAsked(Situation situation) {
        ClusterSpec wanted = situation.record().spec();
        return situation.record().inSync().stream()
                .filter(member -> member.shape().equals(wanted.shape()))
                .filter(member -> situation
                        .observation()
                        .status(member.id())
                        .flatMap(Status::inForce)
                        .filter(situation.inForce(member)::equals)
                        .isPresent())
                .count();
    }

    private static boolean placed(Situation situation, Member member) {
        return situation
                .observation()
                .sight(member.id())
                .flatMap(sight -> sight.place().ports())
                .isPresent();
    }

    private static boolean running(Situation situation, Member member) {
        return situation
                .observation()
                .status(member.id())
                .filter(status -> status.lifecycle() == Lifecycle.RUNNING)
                .isPresent();
    }

    private static boolean healthy(Situation situation) {
        boolean told = situation.record().members().stream().allMatch(member -> member.announced() != Announced.NONE);
        return told
                && situation.record().primary().isPresent()
                && Assess.gaps(situation).isEmpty()
                && Assess.of(situation).state() != State.STOPPED;
    }
}
