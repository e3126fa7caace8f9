package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.Shape;
import dev.cotton.core.port.Engine.Presence;
import dev.cotton.core.port.Executors.Heard;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Status;
import dev.cotton.core.wire.Status.InForce;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A record and what is seen now: the questions that several rules ask of both. */
record Situation(ClusterRecord record, Observation observation) {

    /** The primary's report, once it has confirmed its whole role under the record's present stamp. */
    Optional<Status> confirmedPrimary() {
        return record.primaryMember()
                .filter(this::confirmed)
                .flatMap(member -> observation.status(member.id()))
                .filter(status -> primaryRole(status)
                        && status.mysql().flatMap(MysqlReport::reached).isPresent());
    }

    /** What the primary had reached, read after it confirmed its role under the present stamp: a barrier's target. */
    Optional<GtidSet> reached() {
        return confirmedPrimary().flatMap(Status::mysql).flatMap(MysqlReport::reached);
    }

    /** Whether {@code member} has confirmed, under the present stamp, exactly the role that the record gives it. */
    boolean confirmed(Member member) {
        Optional<Role> role = Roles.of(this, member);
        return observation
                .status(member.id())
                .filter(status -> status.establishedAt(record.stamp()))
                .filter(status -> status.role().map(Status.RoleReport::role).equals(role))
                .isPresent();
    }

    /** Whether {@code source} has confirmed a role under the present stamp in which it lets replicas in. */
    boolean opens(InstanceId source) {
        return record.isPrimary(source)
                ? confirmedPrimary().isPresent()
                : record.member(source).filter(this::confirmed).isPresent();
    }

    /** Why {@code member} is to be replaced elsewhere; absent when it may stay, or when it is lost anyway. */
    Optional<String> notice(Member member) {
        return observation
                .sight(member.id())
                .filter(sight -> sight.place().presence() != Presence.LOST)
                .map(sight -> sight.place().notice())
                .filter(why -> !why.isEmpty())
                .or(() -> misshapen(member));
    }

    private Optional<String> misshapen(Member member) {
        Shape wanted = record.spec().shape();
        if (observation.lost(member.id()) || member.shape().equals(wanted)) {
            return Optional.empty();
        }
        return Optional.of(
                member.shape().size().equals(wanted.size())
                        ? "other options of mysqld are asked for"
                        : "it has " + member.shape().size() + ", and " + wanted.size() + " are asked for");
    }

    /** What the mysqld of {@code member} is to run with. */
    InForce inForce(Member member) {
        return new InForce(record.spec().durability(), member.shape().options());
    }

    /** For how long the executor of {@code member} has not answered; zero while it does, and before anybody asked. */
    Duration silence(Member member) {
        return observation
                .sight(member.id())
                .flatMap(Observation.Sight::heard)
                .filter(heard -> !heard.reachable())
                .map(Heard::silence)
                .orElse(Duration.ZERO);
    }

    /** What {@code member} has received; absent when its mysqld or its executor does not answer. */
    Optional<GtidSet> received(Member member) {
        return observation.mysql(member.id()).map(MysqlReport::received);
    }

    /**
     * Whether {@code member}'s answers count: it is sure of its relay log, and its data are those that the record
     * names.
     */
    boolean counts(Member member) {
        return member.doubtedBoot().isEmpty()
                && observation
                        .status(member.id())
                        .filter(Status::sure)
                        .flatMap(Status::incarnation)
                        .equals(member.incarnation())
                && member.incarnation().isPresent();
    }

    /** Whether at least {@code count} members of {@code among} that count have received all of {@code target}. */
    boolean barrierPassed(List<Member> among, int count, GtidSet target) {
        return among.stream()
                        .filter(this::counts)
                        .filter(member -> received(member)
                                .filter(set -> set.contains(target))
                                .isPresent())
                        .count()
                >= count;
    }

    /** Whether {@code member} follows as a replica that acknowledges, where the cluster's durability asks for that. */
    boolean acknowledges(Member member) {
        return !Roles.acks(record)
                || observation
                        .mysql(member.id())
                        .filter(mysql -> mysql.semiSync().acks())
                        .isPresent();
    }

    /** Whether only a backup keeps {@code member} from applying what it receives. */
    boolean backedUp(Member member) {
        return observation
                .status(member.id())
                .filter(Status::pausedByBackup)
                .flatMap(Status::mysql)
                .flatMap(MysqlReport::replication)
                .filter(replication -> replication.applierError().isEmpty())
                .isPresent();
    }

    /** S without the primary. */
    List<Member> inSyncReplicas() {
        return record.inSync().stream()
                .filter(member -> !record.isPrimary(member))
                .toList();
    }

    /** Whether the primary's mysqld answers and is in a primary's role, of whatever stamp. */
    boolean primaryServes() {
        return record.primary()
                .flatMap(observation::status)
                .filter(status -> status.mysql().isPresent() && primaryRole(status))
                .isPresent();
    }

    private static boolean primaryRole(Status status) {
        return status.role()
                .filter(report -> report.role() instanceof Role.Primary)
                .isPresent();
    }

    /** Whether the executor of {@code member} answers and has other data than those that the record names, or none. */
    boolean stranger(Member member) {
        return observation
                .status(member.id())
                .filter(status -> !status.incarnation().equals(member.incarnation()))
                .isPresent();
    }

    /** The incarnation that the executor of {@code id} reports. */
    Optional<Incarnation> reportedIncarnation(InstanceId id) {
        return observation.status(id).flatMap(Status::incarnation);
    }

    /** The operation of that kind that is still running. */
    Optional<Operation> running(Operation.Kind kind) {
        return record.operations().stream()
                .filter(operation -> operation.kind() == kind && operation.outcome() == Operation.Outcome.RUNNING)
                .findFirst();
    }
}
