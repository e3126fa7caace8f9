package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Endpoint;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Announced;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.model.Ports;
import dev.cotton.core.port.Engine.Presence;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Status;
import java.util.Optional;

/**
 * What discovery shows: the primary of the record once it takes writes, and replicas that are ready to serve. What is
 * not known now stays as it is; what is known to be down is withdrawn.
 */
final class Announcing implements Rule {
    @Override
    public Optional<Change> next(Situation situation) {
        return situation.record().members().stream()
                .flatMap(member -> change(situation, member).stream())
                .findFirst();
    }

    private static Optional<Change> change(Situation situation, Member member) {
        Announced wanted = wanted(situation, member);
        Optional<Endpoint> endpoint = situation
                .observation()
                .sight(member.id())
                .flatMap(sight -> sight.place().ports())
                .map(Ports::mysqlEndpoint)
                .or(member::endpoint);
        if (wanted == Announced.NONE) {
            return member.announced() == Announced.NONE ? Optional.empty() : Optional.of(withdrawn(member));
        }
        boolean right = member.announced() == wanted && member.endpoint().equals(endpoint);
        return right ? Optional.empty() : endpoint.map(address -> announced(member, wanted, address));
    }

    private static Change withdrawn(Member member) {
        return Change.of(
                Event.Kind.MEMBER_WITHDRAWN,
                member.id(),
                member.id() + " is not shown to clients any more.",
                change -> change.member(member.id(), hidden -> hidden.withAnnounced(Announced.NONE)));
    }

    private static Change announced(Member member, Announced wanted, Endpoint endpoint) {
        String as = wanted == Announced.PRIMARY ? "the primary" : "a replica";
        return Change.of(
                Event.Kind.MEMBER_ANNOUNCED,
                member.id(),
                member.id() + " is shown to clients as " + as + " at " + endpoint + ".",
                change -> change.member(
                        member.id(), shown -> shown.withAnnounced(wanted).withEndpoint(endpoint)));
    }

    private static Announced wanted(Situation situation, Member member) {
        ClusterRecord record = situation.record();
        if (!Roles.runs(record) || knownDown(situation, member)) {
            return Announced.NONE;
        }
        boolean primary = record.isPrimary(member);
        Announced role = primary ? Announced.PRIMARY : Announced.REPLICA;
        if (primary ? writable(situation, member) : serving(situation, member)) {
            return role;
        }
        // A replica that was just named primary stays where it is until it takes writes; then it moves.
        boolean stays = primary || (member.announced() == role && member.stage() == Stage.IN_SYNC);
        return stays ? member.announced() : Announced.NONE;
    }

    private static boolean knownDown(Situation situation, Member member) {
        boolean ended = situation
                .observation()
                .status(member.id())
                .map(Status::lifecycle)
                .filter(lifecycle -> switch (lifecycle) {
                    case EMPTY, PREPARING, RESTARTING, STOPPED, FAILED -> true;
                    case STARTING, RUNNING, UNRESPONSIVE -> false;
                })
                .isPresent();
        return ended
                || situation
                        .observation()
                        .sight(member.id())
                        .map(sight -> sight.place().presence() == Presence.LOST
                                || sight.place().presence() == Presence.BINNED)
                        .orElse(true);
    }

    private static boolean writable(Situation situation, Member member) {
        Optional<Status> status = situation.observation().status(member.id());
        return status.flatMap(Status::role)
                        .filter(report -> report.established() && report.role() instanceof Role.Primary)
                        .isPresent()
                && status.filter(seen -> seen.lifecycle() == Lifecycle.RUNNING)
                        .flatMap(Status::mysql)
                        .filter(mysql -> !mysql.readOnly())
                        .isPresent();
    }

    private static boolean serving(Situation situation, Member member) {
        return member.stage() == Stage.IN_SYNC
                && situation
                        .observation()
                        .mysql(member.id())
                        .flatMap(MysqlReport::replication)
                        .filter(replication ->
                                replication.receiving() && (replication.applierRunning() || situation.backedUp(member)))
                        .isPresent();
    }
}
