package dev.cotton.cli.app;

import dev.cotton.cli.bench.OffersMeasurement;
import dev.cotton.cli.bench.Samples;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import dev.cotton.scheduler.engine.mesos.offer.Agent;
import dev.cotton.scheduler.engine.mesos.offer.Constraint;
import dev.cotton.scheduler.engine.mesos.offer.Matching;
import dev.cotton.scheduler.engine.mesos.offer.Need;
import dev.cotton.scheduler.engine.mesos.offer.PortRanges;
import dev.cotton.scheduler.engine.mesos.offer.Vacancy;
import dev.cotton.scheduler.engine.mesos.offer.Wish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Measures how long it takes to match waiting instances with what a fleet offers, on one core. */
final class OffersBench implements OffersMeasurement {
    private static final String ROLE = "cotton";
    private static final int CLUSTER = 3;
    private static final int ZONES = 3;
    private static final int AGENTS_OF_A_RACK = 40;
    private static final int WARM_UP = 2;

    /** On a fleet of three zones where each agent has room for a few instances; clusters have three. */
    @Override
    public Measured measure(int agents, int instances, int rounds) {
        List<Vacancy> fleet =
                IntStream.range(0, agents).mapToObj(OffersBench::vacancy).toList();
        List<Wish> wishes =
                IntStream.range(0, instances).mapToObj(OffersBench::wish).toList();
        List<Duration> spans = new ArrayList<>();
        int matched = 0;
        for (int round = -WARM_UP; round < rounds; round++) {
            long begun = System.nanoTime();
            matched = Matching.match(wishes, fleet, List.of()).seats().size();
            Duration span = Duration.ofNanos(System.nanoTime() - begun);
            if (round >= 0) {
                spans.add(span);
            }
        }
        return new Measured(agents, instances, matched, new Samples(spans));
    }

    private static Vacancy vacancy(int number) {
        return new Vacancy(
                new Agent(
                        "agent-" + number,
                        "host-" + number,
                        Map.of("rack", "rack-" + number / AGENTS_OF_A_RACK),
                        Optional.of("zone-" + number % ZONES)),
                ROLE,
                4 + number % 5,
                DataSize.ofMegabytes(8192),
                new Vacancy.Disks(DataSize.ofMegabytes(100_000), List.of()),
                new PortRanges(List.of(new PortRanges.Range(31_000, 32_000))));
    }

    private static Wish wish(int number) {
        ClusterName cluster = new ClusterName("c" + number / CLUSTER);
        return new Wish(
                new InstanceId(cluster, number % CLUSTER),
                cluster.value(),
                ROLE,
                new Need(2, DataSize.ofMegabytes(4096), DataSize.ofMegabytes(20_000), Optional.empty(), 4),
                List.of(Constraint.parse("rack:UNIQUE")),
                true);
    }
}
