package dev.cotton.scheduler.engine.mesos.offer;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Agents and what they offer, for tests. */
final class Fleets {
    static final String ROLE = "cotton";
    static final Need NEED = new Need(1, DataSize.ofMegabytes(1024), DataSize.ofMegabytes(2048), Optional.empty(), 4);

    private Fleets() {}

    static List<Wish> wishes(String cluster, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Wish(
                        new InstanceId(new ClusterName(cluster), number), cluster, ROLE, NEED, List.of(), true))
                .toList();
    }

    static Vacancy vacancy(int number, String zone, String rack) {
        return vacancy(agent(number, zone, rack), 8, 8192, 100_000, 1000);
    }

    static Vacancy vacancy(Agent agent, double cpus, long mem, long disk, int ports) {
        return new Vacancy(
                agent,
                ROLE,
                cpus,
                DataSize.ofMegabytes(mem),
                new Vacancy.Disks(DataSize.ofMegabytes(disk), List.of()),
                ports(ports));
    }

    static PortRanges ports(int count) {
        return new PortRanges(Stream.of(new PortRanges.Range(31_000, 31_000 + Math.max(count, 1) - 1))
                .filter(_ -> count > 0)
                .toList());
    }

    static Agent agent(int number, String zone, String rack) {
        return new Agent("agent-" + number, "host-" + number, Map.of("rack", rack), Optional.of(zone));
    }
}
