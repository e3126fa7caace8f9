package dev.cotton.testing.simulation;

import dev.cotton.core.control.Observation;
import dev.cotton.core.control.Observation.Sight;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.port.Executors.Heard;
import dev.cotton.core.wire.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

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
        return new Status(
                status.instance(),
                status.revision(),
                status.version(),
                status.bootId(),
                status.uptime(),
                status.incarnation(),
                status.sure(),
                status.lifecycle(),
                status.detail(),
                status.progress(),
                status.highest(),
                status.role(),
                status.mysql()
                        .map(mysql -> mysql.withSets(
                                mysql.executed(), mysql.received().union(received))),
                status.usage());
    }
}
