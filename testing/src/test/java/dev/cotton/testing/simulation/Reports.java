package dev.cotton.testing.simulation;

import dev.cotton.core.control.Observation;
import dev.cotton.core.control.Observation.Sight;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.port.Executors.Heard;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Status;
import dev.cotton.core.wire.Status.RoleReport;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Reports that say something else than what was sent. */
final class Reports {
    private Reports() {}

    static Observation altered(Observation observation, BiFunction<InstanceId, Status, Status> change) {
        Map<InstanceId, Sight> sights = new HashMap<>();
        observation.members().forEach((id, sight) -> sights.put(id, altered(id, sight, change)));
        return new Observation(observation.now(), sights, observation.standing());
    }

    private static Sight altered(InstanceId id, Sight sight, BiFunction<InstanceId, Status, Status> change) {
        return new Sight(
                sight.place(),
                sight.heard()
                        .map(heard -> new Heard(
                                heard.status().map(status -> change.apply(id, status)),
                                heard.silence(),
                                heard.reachable(),
                                heard.trouble())),
                sight.detached());
    }

    static Status withReceived(Status status, GtidSet received) {
        return withMysql(
                status,
                mysql -> mysql.withSets(mysql.executed(), mysql.received().union(received)));
    }

    static Status withoutSinceReceived(Status status) {
        return withMysql(
                status,
                mysql -> mysql.withReplication(mysql.replication()
                        .map(state -> state.withAges(state.silence(), Optional.empty(), state.lag()))));
    }

    private static Status withMysql(Status status, UnaryOperator<MysqlReport> change) {
        return with(
                status,
                status.incarnation(),
                status.sure(),
                status.role(),
                status.mysql().map(change));
    }

    static Status withIncarnation(Status status, Incarnation incarnation) {
        return with(status, Optional.of(incarnation), status.sure(), status.role(), status.mysql());
    }

    static Status sure(Status status) {
        return with(status, status.incarnation(), true, status.role(), status.mysql());
    }

    static Status withStamp(Status status, Stamp stamp) {
        return withRole(status, stamp, true);
    }

    static Status unestablished(Status status) {
        return withRole(status, Stamp.NONE, false);
    }

    /** @param established whether it stays so */
    private static Status withRole(Status status, Stamp stamp, boolean established) {
        return with(
                status,
                status.incarnation(),
                status.sure(),
                status.role().map(role -> new RoleReport(stamp, role.role(), role.established() && established, "")),
                status.mysql());
    }

    private static Status with(
            Status status,
            Optional<Incarnation> incarnation,
            boolean sure,
            Optional<RoleReport> role,
            Optional<MysqlReport> mysql) {
        return new Status(
                status.instance(),
                status.revision(),
                status.version(),
                status.bootId(),
                status.uptime(),
                incarnation,
                sure,
                status.lifecycle(),
                status.detail(),
                status.progress(),
                status.highest(),
                role,
                mysql,
                status.usage(),
                status.inForce(),
                status.backup(),
                status.verification(),
                status.archive());
    }
}
