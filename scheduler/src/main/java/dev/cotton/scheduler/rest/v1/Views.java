package dev.cotton.scheduler.rest.v1;

import dev.cotton.core.control.Observation.Sight;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.Resources;
import dev.cotton.scheduler.fleet.Backups;
import dev.cotton.scheduler.fleet.ClusterView;
import dev.cotton.scheduler.fleet.Fleet.Started;
import dev.cotton.scheduler.rest.resource.ClusterResource;
import dev.cotton.scheduler.rest.resource.EventResource;
import dev.cotton.scheduler.rest.resource.InSyncResource;
import dev.cotton.scheduler.rest.resource.InstanceResource;
import dev.cotton.scheduler.rest.resource.InstanceResource.Role;
import dev.cotton.scheduler.rest.resource.OperationResource;
import dev.cotton.scheduler.rest.resource.PauseResource;
import dev.cotton.scheduler.rest.resource.PlacementResource;
import dev.cotton.scheduler.rest.resource.SizeResource;
import dev.cotton.scheduler.rest.resource.SpecResource;
import dev.cotton.scheduler.rest.resource.StepResource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Shows what the fleet says as resources. No secret passes. Thread-safe. */
final class Views {
    private final Function<ClusterName, String> clusterUrl;
    private final Backups backups;

    Views(Function<ClusterName, String> clusterUrl, Backups backups) {
        this.backups = backups;
        this.clusterUrl = clusterUrl;
    }

    ClusterResource cluster(ClusterView view) {
        ClusterRecord record = view.record();
        return new ClusterResource(
                record.name().value(),
                record.uid(),
                view.assessment().state(),
                view.assessment().why(),
                record.phase(),
                record.power(),
                clusterUrl.apply(record.name()),
                record.createdAt(),
                record.binnedUntil(),
                record.epoch(),
                record.term(),
                record.version(),
                record.primary().map(InstanceId::toString),
                record.pause().map(pause -> new PauseResource(pause.who(), pause.why(), pause.until())),
                spec(record.spec()),
                inSync(record),
                instances(view),
                operations(record),
                backups.standing(view).map(BackupViews::standing));
    }

    static List<InstanceResource> instances(ClusterView view) {
        return view.record().members().stream()
                .map(member -> instance(view, member))
                .toList();
    }

    static InstanceResource instance(ClusterView view, Member member) {
        Optional<Sight> sight = view.observation().sight(member.id());
        return new InstanceResource(
                member.id().toString(),
                member.id().cluster().value(),
                view.record().isPrimary(member) ? Role.PRIMARY : Role.REPLICA,
                member.stage(),
                member.announced(),
                member.doubtedBoot().isPresent(),
                sight.map(Sight::place).map(SightViews::place),
                sight.flatMap(Sight::heard).map(SightViews::executor),
                view.observation().mysql(member.id()).map(SightViews::mysql));
    }

    static OperationResource operation(Started started) {
        return operation(started.cluster(), started.operation());
    }

    private static OperationResource operation(ClusterName cluster, Operation operation) {
        return new OperationResource(
                operation.id(),
                cluster.value(),
                operation.kind(),
                operation.outcome(),
                operation.startedAt(),
                operation.finishedAt(),
                operation.progress(),
                operation.steps().stream()
                        .map(step -> new StepResource(step.name(), step.finishedAt()))
                        .toList(),
                operation.why());
    }

    static EventResource event(ClusterName cluster, Event event) {
        return new EventResource(
                cluster.value(),
                event.sequence(),
                event.at(),
                event.kind(),
                event.instance().map(InstanceId::toString),
                event.text());
    }

    private static List<OperationResource> operations(ClusterRecord record) {
        return record.operations().stream()
                .map(operation -> operation(record.name(), operation))
                .toList();
    }

    private static SpecResource spec(ClusterSpec spec) {
        Resources size = spec.size();
        return new SpecResource(
                spec.instances(),
                new SizeResource(size.cpus(), size.mem(), size.disk()),
                spec.durability(),
                spec.user(),
                spec.options(),
                new PlacementResource(
                        spec.placement().shareHosts(),
                        spec.placement().role(),
                        spec.placement().diskType()));
    }

    private static InSyncResource inSync(ClusterRecord record) {
        return new InSyncResource(
                record.inSync().stream().map(member -> member.id().toString()).toList(),
                record.ackCount(),
                record.ackTarget());
    }
}
