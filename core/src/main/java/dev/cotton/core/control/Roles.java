package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterRecord.Phase;
import dev.cotton.core.model.ClusterRecord.Power;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Succession.Election;
import dev.cotton.core.model.Succession.Handover;
import dev.cotton.core.model.Succession.Handover.Step;
import dev.cotton.core.port.Engine.Presence;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The role that the persisted record gives to each member. */
final class Roles {
    /** How long a silent executor is waited for before its instance counts as ended when a cluster stops. */
    static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

    private Roles() {}

    /** The role of {@code member}; absent when nothing can be said yet because the primary's place is not known. */
    static Optional<Role> of(Situation situation, Member member) {
        ClusterRecord record = situation.record();
        if (!runs(record)) {
            return stopping(situation, member);
        }
        if (record.election().isPresent()) {
            return elected(situation, member, record.election().get());
        }
        if (record.isPrimary(member) && situation.stranger(member)) {
            // safety: emptied or foreign data never take the primary's place
            return Optional.of(new Role.Fenced());
        }
        if (record.isPrimary(member)) {
            return Optional.of(new Role.Primary(
                    record.ackTarget(),
                    record.members().stream()
                            .filter(other -> other.stage() == Stage.FOLLOWING || other.stage() == Stage.IN_SYNC)
                            .filter(other -> !record.isPrimary(other))
                            .map(Member::slot)
                            .collect(Collectors.toSet()),
                    record.handover()
                            .filter(handover -> handover.step().frozen())
                            .isPresent()));
        }
        return switch (member.stage()) {
            case LAUNCHING, DETACHED, LEAVING, RETIRING -> Optional.of(new Role.Fenced());
            case ERRANT ->
                member.incarnation()
                        .map(data -> new Role.Emptied(data, member.errant()))
                        .map(Role.class::cast)
                        .or(() -> Optional.of(new Role.Fenced()));
            case FOLLOWING -> replica(situation, record.primary(), false, Set.of());
            case IN_SYNC -> inSync(situation, member);
        };
    }

    /** In an election everybody is fenced; then those that answered attach below the choice. */
    private static Optional<Role> elected(Situation situation, Member member, Election election) {
        if (election.choice().isEmpty() || !election.answered().contains(member.id())) {
            return Optional.of(new Role.Fenced());
        }
        if (!election.choice().equals(Optional.of(member.id()))) {
            return replica(situation, election.choice(), acks(situation.record()), peers(situation.record(), member));
        }
        return Optional.of(new Role.Candidate(election.answered().stream()
                .filter(other -> !other.equals(member.id()))
                .flatMap(other -> situation.record().member(other).stream())
                .map(Member::slot)
                .collect(Collectors.toSet())));
    }

    private static Optional<Role> inSync(Situation situation, Member member) {
        ClusterRecord record = situation.record();
        Optional<Handover> handover = record.handover();
        if (handover.filter(now -> now.target().equals(member.id()) && now.step() == Step.TAKING)
                .isPresent()) {
            return Optional.of(new Role.Candidate(HandingOver.moving(record, handover.get())));
        }
        Optional<InstanceId> source = handover.filter(
                        now -> HandingOver.moving(record, now).contains(member.slot()))
                .map(Handover::target)
                .or(record::primary);
        return replica(situation, source, acks(record), peers(record, member));
    }

    /** Who may attach below an in-sync replica at once when it is chosen to be the primary. */
    private static Set<Integer> peers(ClusterRecord record, Member member) {
        return record.inSync().stream()
                .filter(other -> other.stage() == Stage.IN_SYNC)
                .filter(other -> !record.isPrimary(other) && !other.equals(member))
                .map(Member::slot)
                .collect(Collectors.toSet());
    }

    /** Whether in-sync replicas of this cluster acknowledge commits. */
    static boolean acks(ClusterRecord record) {
        return record.spec().durability() != Durability.ASYNC;
    }

    /** Whether mysqlds of this cluster are to run. */
    static boolean runs(ClusterRecord record) {
        return record.power() == Power.ON && (record.phase() == Phase.CREATING || record.phase() == Phase.STEADY);
    }

    private static Optional<Role> replica(
            Situation situation, Optional<InstanceId> source, boolean acks, Set<Integer> admitted) {
        return source.flatMap(from -> situation
                .observation()
                .sight(from)
                .flatMap(sight -> sight.place().ports())
                .map(Ports::mysqlEndpoint)
                .or(() -> situation.record().member(from).flatMap(Member::endpoint))
                .map(endpoint -> new Role.Replica(from, endpoint, acks, admitted)));
    }

    /** The primary stops first, while its replicas can still acknowledge what clients wait for. */
    private static Optional<Role> stopping(Situation situation, Member member) {
        ClusterRecord record = situation.record();
        boolean turn = record.isPrimary(member)
                || record.primaryMember()
                        .map(primary -> ended(situation, primary))
                        .orElse(true);
        if (turn) {
            return Optional.of(new Role.Stopped());
        }
        return situation.observation().status(member.id()).flatMap(Status::role).map(Status.RoleReport::role);
    }

    /** Whether the mysqld of {@code member} has stopped, never ran, or has been out of reach for long enough. */
    static boolean ended(Situation situation, Member member) {
        return situation
                .observation()
                .sight(member.id())
                .map(sight -> switch (sight.place().presence()) {
                    case LOST, WAITING, BINNED -> true;
                    case STARTING, RUNNING, UNREACHABLE ->
                        sight.status()
                                .map(Roles::ended)
                                .orElseGet(() -> sight.heard()
                                        .filter(heard -> heard.silence().compareTo(STOP_PATIENCE) > 0)
                                        .isPresent());
                })
                .orElse(true);
    }

    private static boolean ended(Status status) {
        boolean stopped = status.role()
                .filter(report -> report.role() instanceof Role.Stopped)
                .isPresent();
        return stopped && (status.lifecycle() == Lifecycle.STOPPED || status.lifecycle() == Lifecycle.EMPTY);
    }

    /** Whether the engine has nothing running for {@code member} any more. */
    static boolean released(Situation situation, Member member) {
        return situation
                .observation()
                .sight(member.id())
                .map(sight -> sight.place().presence() == Presence.BINNED
                        || sight.place().presence() == Presence.LOST)
                .orElse(true);
    }
}
