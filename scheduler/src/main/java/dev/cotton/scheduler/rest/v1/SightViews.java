package dev.cotton.scheduler.rest.v1;

import dev.cotton.core.model.Ports;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Executors.Heard;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Status;
import dev.cotton.core.wire.Status.RoleReport;
import dev.cotton.scheduler.rest.resource.AssignedResource;
import dev.cotton.scheduler.rest.resource.EndpointsResource;
import dev.cotton.scheduler.rest.resource.ExecutorResource;
import dev.cotton.scheduler.rest.resource.MysqlResource;
import dev.cotton.scheduler.rest.resource.PlaceResource;
import dev.cotton.scheduler.rest.resource.ReplicationResource;
import dev.cotton.scheduler.rest.resource.ReportResource;
import dev.cotton.scheduler.rest.resource.SemiSyncResource;

/** Shows what is seen of one instance as resources. */
final class SightViews {
    private SightViews() {}

    static PlaceResource place(Place place) {
        return new PlaceResource(
                place.presence(),
                place.host(),
                place.isolation(),
                place.why(),
                place.ports().map(SightViews::endpoints));
    }

    private static EndpointsResource endpoints(Ports ports) {
        return new EndpointsResource(
                ports.mysqlEndpoint().toString(),
                ports.executorEndpoint().toString(),
                ports.healthEndpoint().toString());
    }

    static ExecutorResource executor(Heard heard) {
        return new ExecutorResource(
                heard.reachable(),
                heard.silence(),
                heard.trouble(),
                heard.status().filter(status -> heard.reachable()).map(SightViews::report));
    }

    private static ReportResource report(Status status) {
        return new ReportResource(
                status.version(),
                status.uptime(),
                status.lifecycle(),
                status.detail(),
                status.progress(),
                status.role().map(SightViews::assigned),
                status.usage().memory(),
                status.usage().diskUsed(),
                status.usage().diskFree(),
                status.usage().sandbox().map(Status.Room::used),
                status.usage().sandbox().map(Status.Room::free),
                status.usage().restarts(),
                status.usage().processId());
    }

    private static AssignedResource assigned(RoleReport report) {
        AssignedResource.Role role = switch (report.role()) {
            case Role.Fenced fenced -> AssignedResource.Role.FENCED;
            case Role.Replica replica -> AssignedResource.Role.REPLICA;
            case Role.Candidate candidate -> AssignedResource.Role.CANDIDATE;
            case Role.Emptied emptied -> AssignedResource.Role.EMPTIED;
            case Role.Primary primary -> AssignedResource.Role.PRIMARY;
            case Role.Stopped stopped -> AssignedResource.Role.STOPPED;
        };
        return new AssignedResource(role, report.established(), report.obstacle());
    }

    static MysqlResource mysql(MysqlReport report) {
        return new MysqlResource(
                report.version(),
                report.serverUuid(),
                report.readOnly(),
                report.superReadOnly(),
                report.executed().count(),
                report.received().count(),
                report.heartbeatAge(),
                report.replication().map(SightViews::replication),
                semiSync(report.semiSync()));
    }

    private static ReplicationResource replication(MysqlReport.Replication replication) {
        return new ReplicationResource(
                replication.source(),
                replication.receiver(),
                replication.applierRunning(),
                replication.receiverError(),
                replication.applierError(),
                replication.silence(),
                replication.sinceReceived(),
                replication.lag());
    }

    private static SemiSyncResource semiSync(MysqlReport.SemiSync semiSync) {
        return new SemiSyncResource(
                semiSync.source(), semiSync.ackCount(), semiSync.clients(), semiSync.acks(), semiSync.waiting());
    }
}
