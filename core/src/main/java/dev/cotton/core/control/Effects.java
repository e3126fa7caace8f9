package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterRecord.Phase;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.Origin;
import dev.cotton.core.model.PointInTime;
import dev.cotton.core.model.Ports;
import dev.cotton.core.port.Engine.Disposal;
import dev.cotton.core.port.Engine.Presence;
import dev.cotton.core.wire.ArchivePlace;
import dev.cotton.core.wire.BackupId;
import dev.cotton.core.wire.BackupPlace;
import dev.cotton.core.wire.DataKey;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.Replay;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Setup.DataSource;
import dev.cotton.core.wire.Status;
import dev.cotton.core.wire.Status.InForce;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the world lacks of what the persisted record says. */
final class Effects {
    private Effects() {}

    static List<Effect> of(Situation situation) {
        List<Effect> effects = new ArrayList<>();
        if (situation.record().recovered().isPresent()) {
            return launches(situation);
        }
        for (Member member : situation.record().members()) {
            placement(situation, member).ifPresent(effects::add);
            situation.observation().status(member.id()).ifPresent(status -> {
                preparation(situation, member, status).ifPresent(effects::add);
                assignment(situation, member).ifPresent(effects::add);
                clearance(situation, member, status).ifPresent(effects::add);
            });
        }
        return List.copyOf(effects);
    }

    /** A record from a copy lets members come up, so that they can be asked, and nothing else. */
    private static List<Effect> launches(Situation situation) {
        return situation.record().members().stream()
                .flatMap(member -> placement(situation, member).stream())
                .filter(Effect.Launch.class::isInstance)
                .toList();
    }

    private static Optional<Effect> placement(Situation situation, Member member) {
        ClusterRecord record = situation.record();
        Optional<Presence> presence = situation
                .observation()
                .sight(member.id())
                .map(sight -> sight.place().presence());
        if (member.stage() == Stage.RETIRING || record.phase() == Phase.PURGING) {
            return presence.map(there -> new Effect.Release(
                    member.id(), Disposal.DESTROY, "What is left of " + member.id() + " is destroyed."));
        }
        if (!Roles.runs(record)) {
            return release(situation, member, presence);
        }
        boolean absent =
                presence.isEmpty() || presence.filter(Presence.BINNED::equals).isPresent();
        return absent
                ? Optional.of(new Effect.Launch(member.id(), member.id() + " needs a place to run."))
                : Optional.empty();
    }

    private static Optional<Effect> release(Situation situation, Member member, Optional<Presence> presence) {
        boolean allEnded = situation.record().members().stream().allMatch(other -> Roles.ended(situation, other));
        boolean there = presence.filter(now -> now != Presence.BINNED && now != Presence.LOST)
                .isPresent();
        return there && allEnded
                ? Optional.of(new Effect.Release(
                        member.id(), Disposal.KEEP, member.id() + " has stopped; its data are kept."))
                : Optional.empty();
    }

    private static Optional<Effect> preparation(Situation situation, Member member, Status status) {
        // safety: a member that the in-sync set names is never given other data under its name
        boolean expected = member.stage() == Stage.LAUNCHING || member.stage() == Stage.DETACHED;
        if (status.lifecycle() != Lifecycle.EMPTY || !expected || !Roles.runs(situation.record())) {
            return settings(situation, member, status);
        }
        return source(situation, member)
                .map(source -> new Effect.Prepare(
                        member.id(),
                        situation.record().stamp(),
                        member.slot(),
                        source,
                        member.id() + " gets its first data."));
    }

    /**
     * Also while mysqld does not run: a primary that starts again by itself goes by the setup that it has. Not to who
     * gives up its data: it would keep the setup that it is to forget, and wait for nothing.
     */
    private static Optional<Effect> settings(Situation situation, Member member, Status status) {
        InForce wanted = situation.inForce(member);
        return status.inForce()
                .filter(now -> !now.equals(wanted) && hasData(status) && Roles.runs(situation.record()))
                .filter(_ -> member.stage() != Stage.ERRANT)
                .map(now -> new Effect.Prepare(
                        member.id(),
                        situation.record().stamp(),
                        member.slot(),
                        new Setup.Kept(),
                        "The " + (now.durability() == wanted.durability() ? "options" : "durability") + " of "
                                + member.id() + (now.durability() == wanted.durability() ? " are" : " is")
                                + " changed."));
    }

    private static boolean hasData(Status status) {
        return status.incarnation().isPresent()
                && status.lifecycle() != Lifecycle.EMPTY
                && status.lifecycle() != Lifecycle.PREPARING;
    }

    /**
     * While an empty cluster is being created its primary's binlog has everything, so that an empty server can simply
     * follow. Later, and where the cluster began with a backup, a copy is made, from a replica rather than from the
     * primary.
     */
    private static Optional<DataSource> source(Situation situation, Member member) {
        ClusterRecord record = situation.record();
        boolean beginning = record.phase() == Phase.CREATING;
        if (record.origin().isPresent() && beginning) {
            return record.origin().filter(_ -> first(situation, member)).map(Effects::backup);
        }
        if (record.origin().isEmpty()
                && (beginning || situation.running(Operation.Kind.CREATE).isPresent())) {
            return Optional.of(new Setup.Template());
        }
        return donor(situation, member)
                .flatMap(donor -> situation
                        .observation()
                        .sight(donor.id())
                        .flatMap(sight -> sight.place().ports())
                        .map(Ports::mysqlEndpoint)
                        .map(endpoint -> new Setup.Clone(donor.id(), endpoint)));
    }

    /** Whether {@code member} is the first of those that can have data; all that are restored have the same. */
    private static boolean first(Situation situation, Member member) {
        return situation.record().members().stream()
                .filter(other -> other.stage() != Stage.RETIRING)
                .filter(other -> situation.observation().status(other.id()).isPresent())
                .findFirst()
                .filter(member::equals)
                .isPresent();
    }

    private static DataSource backup(Origin origin) {
        BackupPlace place =
                new BackupPlace(origin.store(), origin.prefix(), origin.cluster(), new BackupId(origin.backup()));
        return new Setup.Backup(
                place,
                DataKey.sealed(origin.key(), origin.wrappedKey()),
                origin.point().map(point -> replay(origin, point)));
    }

    private static Replay replay(Origin origin, PointInTime point) {
        return new Replay(
                new ArchivePlace(origin.store(), point.archive(), origin.cluster()),
                DataKey.sealed(point.key(), point.wrappedKey()),
                point.target(),
                point.skip());
    }

    /** A server gives one copy at a time, so that those who need one at the same time ask different ones. */
    private static Optional<Member> donor(Situation situation, Member member) {
        ClusterRecord record = situation.record();
        List<Member> able = record.members().stream()
                .filter(donor -> donor.stage() == Stage.IN_SYNC && !donor.equals(member))
                .filter(donor -> situation.observation().mysql(donor.id()).isPresent())
                .toList();
        List<Member> replicas =
                able.stream().filter(donor -> !record.isPrimary(donor)).toList();
        List<Member> donors = replicas.isEmpty() ? able : replicas;
        long before = record.members().stream()
                .takeWhile(other -> !other.equals(member))
                .filter(other -> !other.inSync())
                .count();
        return donors.isEmpty() ? Optional.empty() : Optional.of(donors.get((int) (before % donors.size())));
    }

    private static Optional<Effect> assignment(Situation situation, Member member) {
        Optional<Role> role = Roles.of(situation, member);
        if (role.isEmpty() || situation.confirmed(member) || tooEarly(situation, member, role.get())) {
            return Optional.empty();
        }
        return role.map(
                wanted -> new Effect.Assign(member.id(), situation.record().stamp(), wanted, why(member, wanted)));
    }

    /**
     * A replica that is let in anew would knock in vain, and wait before it knocks again, until its source opens. Who is
     * chosen in an election let its fellow replicas in beforehand, so they need not wait for it to drain.
     */
    private static boolean tooEarly(Situation situation, Member member, Role role) {
        Optional<Role> now = situation
                .observation()
                .status(member.id())
                .flatMap(Status::role)
                .map(Status.RoleReport::role);
        boolean stopped = now.filter(Role.Stopped.class::isInstance).isPresent();
        return role instanceof Role.Replica replica
                && !stopped
                && situation.record().election().isEmpty()
                && now.filter(old -> old instanceof Role.Replica other
                                && other.source().equals(replica.source()))
                        .isEmpty()
                && !situation.opens(replica.source());
    }

    private static String why(Member member, Role role) {
        return switch (role) {
            case Role.Fenced fenced -> member.id() + " is to receive nothing and wait.";
            case Role.Replica replica ->
                member.id() + " is to follow " + replica.source() + (replica.acks() ? " and acknowledge." : ".");
            case Role.Candidate candidate -> member.id() + " is to execute all that it has received.";
            case Role.Emptied emptied ->
                member.id() + " is to "
                        + (emptied.errant().isEmpty() ? "" : "save " + Sentences.alone(emptied.errant()) + ", and to ")
                        + "give up its data.";
            case Role.Primary primary ->
                member.id() + " is the primary; " + primary.ackCount() + " replicas acknowledge each commit.";
            case Role.Stopped stopped -> member.id() + " is to stop.";
        };
    }

    private static Optional<Effect> clearance(Situation situation, Member member, Status status) {
        boolean named = member.doubtedBoot().filter(status.bootId()::equals).isPresent();
        return named && !status.sure() && Doubts.resolved(situation, member)
                ? Optional.of(new Effect.Clear(
                        member.id(),
                        situation.record().stamp(),
                        status.bootId(),
                        member.id() + " has caught up since its host booted."))
                : Optional.empty();
    }
}
