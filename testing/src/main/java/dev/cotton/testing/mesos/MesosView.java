package dev.cotton.testing.mesos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What a simulator's leading master and its agents know at one moment.
 *
 * @param frameworks ids of frameworks that were not removed
 * @param connectedFrameworks those of them that are subscribed
 * @param tasks tasks that the master knows, also those that have ended and are not acknowledged
 * @param reservations dynamic reservations on all agents, volumes included
 * @param volumes persistent volumes on all agents
 */
public record MesosView(
        List<String> frameworks,
        List<String> connectedFrameworks,
        List<TaskView> tasks,
        List<ReservationView> reservations,
        List<VolumeView> volumes) {

    /**
     * A task.
     *
     * @param executor empty for a command task
     * @param healthy what was said of it last
     */
    public record TaskView(
            String id, String framework, String agent, String executor, String state, Optional<Boolean> healthy) {}

    /** Reserved resources of one kind: {@code amount} is a number, or ranges in brackets. */
    public record ReservationView(
            String agent, String role, String principal, Map<String, String> labels, String resource, String amount) {}

    /** A persistent volume of {@code megabytes}. */
    public record VolumeView(String agent, String role, String id, String containerPath, String megabytes) {}

    static MesosView of(Cluster cluster) {
        List<TaskView> tasks = new ArrayList<>();
        List<String> frameworks = new ArrayList<>();
        List<String> connected = new ArrayList<>();
        cluster.leader()
                .ifPresent(master -> master.frameworks.values().forEach(framework -> {
                    frameworks.add(framework.id);
                    if (framework.isConnected()) {
                        connected.add(framework.id);
                    }
                    Stream.concat(framework.tasks.values().stream(), framework.unreachable.values().stream())
                            .forEach(each -> tasks.add(new TaskView(
                                    each.id,
                                    framework.id,
                                    each.agent,
                                    each.executor,
                                    state(framework, each),
                                    each.healthy)));
                }));
        List<ReservationView> reservations = new ArrayList<>();
        List<VolumeView> volumes = new ArrayList<>();
        for (Agent agent : cluster.agents()) {
            for (Resource each : agent.resources().all()) {
                if (!each.reservations().isEmpty()) {
                    reservations.add(reservation(agent, each));
                }
                if (each.isVolume()) {
                    volumes.add(volume(agent, each));
                }
            }
        }
        return new MesosView(
                List.copyOf(frameworks),
                List.copyOf(connected),
                List.copyOf(tasks),
                List.copyOf(reservations),
                List.copyOf(volumes));
    }

    private static String state(Framework framework, Task task) {
        return framework.unreachable.containsKey(task.id) ? "TASK_UNREACHABLE" : task.state;
    }

    private static ReservationView reservation(Agent agent, Resource resource) {
        JsonNode reservation = resource.reservations().getLast();
        Map<String, String> labels = new LinkedHashMap<>();
        for (JsonNode each : reservation.path("labels").path("labels")) {
            labels.put(Json.text(each, "key"), Json.text(each, "value"));
        }
        return new ReservationView(
                agent.id(),
                resource.reservedRole(),
                Json.text(reservation, "principal"),
                Map.copyOf(labels),
                resource.name(),
                resource.amount().text());
    }

    private static VolumeView volume(Agent agent, Resource volume) {
        JsonNode mount = volume.disk().orElseThrow().path("volume");
        return new VolumeView(
                agent.id(),
                volume.reservedRole(),
                volume.volumeId(),
                Json.text(mount, "container_path"),
                volume.amount().text());
    }
}
