package dev.cotton.scheduler.engine.mesos.offer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MatchingTest {
    private static final Need NEED = new Need(1, DataSize.ofMegabytes(1024), DataSize.ofMegabytes(2048), 4);

    @Test
    void spreadsAClusterOverZonesThenRacks() {
        List<Vacancy> fleet =
                List.of(vacancy(0, "z1", "r1"), vacancy(1, "z1", "r1"), vacancy(2, "z1", "r2"), vacancy(3, "z2", "r3"));

        var outcome = Matching.match(wishes("a", 3), fleet, List.of());

        assertThat(outcome.seats().values())
                .extracting(seat -> seat.agent().attributes().get("rack"))
                .containsExactly("r1", "r3", "r2");
    }

    @Test
    void neverPutsTwoOfAClusterOnAnAgent() {
        List<Vacancy> fleet = List.of(vacancy(0, "z1", "r1"), vacancy(1, "z1", "r1"));

        var outcome = Matching.match(
                wishes("a", 2), fleet, List.of(new Settled("a", fleet.getFirst().agent())));

        assertThat(outcome.seats().values())
                .extracting(seat -> seat.agent().id())
                .containsExactly("agent-1");
        assertThat(outcome.shortages().values())
                .containsExactly(
                        "None of 2 agents that offer something has room: 2 have another instance of this cluster.");
    }

    @Test
    void saysWhatIsShortOnHowManyAgents() {
        List<Vacancy> fleet = List.of(
                vacancy(agent(0, "z", "r"), 4, 512, 9000, 100),
                vacancy(agent(1, "z", "r"), 4, 512, 9000, 100),
                vacancy(agent(2, "z", "r"), 0.5, 9000, 9000, 100),
                vacancy(agent(3, "z", "r"), 4, 9000, 9000, 3));

        var outcome = Matching.match(wishes("a", 1), fleet, List.of());

        assertThat(outcome.shortages().values())
                .containsExactly("None of 4 agents that offer something has room: 2 have less than 1gb memory,"
                        + " 1 has less than 1.0 cpus, 1 has fewer than 4 ports.");
        assertThat(Matching.match(wishes("a", 1), List.of(), List.of())
                        .shortages()
                        .values())
                .containsExactly("No agent offers anything now.");
    }

    @Test
    void takesTheLeastLoadedAgent() {
        List<Vacancy> fleet = List.of(vacancy(0, "z", "r"), vacancy(1, "z", "r"));

        var outcome = Matching.match(
                wishes("a", 1), fleet, List.of(new Settled("b", fleet.getFirst().agent())));

        assertThat(outcome.seats().values())
                .extracting(seat -> seat.agent().id())
                .containsExactly("agent-1");
    }

    @ParameterizedTest
    @MethodSource
    void keepsEveryRuleOnAnyFleet(long seed) {
        Random random = new Random(seed);
        List<Vacancy> fleet = IntStream.range(0, 1 + random.nextInt(12))
                .mapToObj(number -> vacancy(
                        agent(number, "z" + random.nextInt(3), "r" + random.nextInt(5)),
                        random.nextInt(9) / 2.0,
                        random.nextInt(8) * 512L,
                        random.nextInt(8) * 1024L,
                        random.nextInt(20)))
                .toList();
        List<Constraint> constraints = random.nextBoolean() ? List.of(Constraint.parse("rack:MAX_PER:1")) : List.of();
        List<Wish> wishes = IntStream.range(0, random.nextInt(20))
                .mapToObj(number -> new Wish(
                        new InstanceId(new ClusterName("c" + number % 4), number),
                        "c" + number % 4,
                        new Need(
                                (1 + random.nextInt(4)) / 2.0,
                                DataSize.ofMegabytes(512L + random.nextInt(3) * 256L),
                                DataSize.ofMegabytes(1024),
                                4),
                        constraints,
                        true))
                .toList();

        var outcome = Matching.match(wishes, fleet, List.of());

        assertThat(union(outcome)).isEqualTo(wishes.stream().map(Wish::id).collect(Collectors.toSet()));
        for (Vacancy vacancy : fleet) {
            List<Wish> there = wishes.stream()
                    .filter(wish -> Optional.ofNullable(outcome.seats().get(wish.id()))
                            .filter(seat -> seat.agent().equals(vacancy.agent()))
                            .isPresent())
                    .toList();
            holds(vacancy, there, outcome);
        }
        constraints.forEach(constraint ->
                assertThat(perRack(wishes, outcome).values()).allMatch(count -> count == 1, constraint.toString()));
        assertThat(wishes)
                .filteredOn(wish -> outcome.shortages().containsKey(wish.id()))
                .as("who waits would fit nowhere on what is left")
                .allSatisfy(wish -> assertThat(
                                Matching.match(List.of(wish), left(fleet, wishes, outcome), settled(wishes, outcome))
                                        .seats())
                        .isEmpty());
    }

    static LongStream keepsEveryRuleOnAnyFleet() {
        return LongStream.rangeClosed(1, 500);
    }

    private static void holds(Vacancy vacancy, List<Wish> there, Matching.Outcome outcome) {
        assertThat(there.stream().mapToDouble(wish -> wish.need().cpus()).sum()).isLessThanOrEqualTo(vacancy.cpus());
        assertThat(sum(there, Need::mem)).isLessThanOrEqualTo(vacancy.mem().bytes());
        assertThat(sum(there, Need::disk)).isLessThanOrEqualTo(vacancy.disk().bytes());
        assertThat(there).extracting(Wish::cluster).doesNotHaveDuplicates();
        List<Integer> ports = there.stream()
                .flatMap(wish -> seat(outcome, wish).ports().stream())
                .toList();
        assertThat(ports).doesNotHaveDuplicates().hasSize(4 * there.size());
        assertThat(vacancy.ports().pick(0, Integer.MAX_VALUE)).containsAll(ports);
    }

    private static Matching.Seat seat(Matching.Outcome outcome, Wish wish) {
        return Optional.ofNullable(outcome.seats().get(wish.id())).orElseThrow();
    }

    private static Set<InstanceId> union(Matching.Outcome outcome) {
        Set<InstanceId> all = new HashSet<>(outcome.seats().keySet());
        all.addAll(outcome.shortages().keySet());
        return all;
    }

    private static Map<String, Long> perRack(List<Wish> wishes, Matching.Outcome outcome) {
        return wishes.stream()
                .filter(wish -> outcome.seats().containsKey(wish.id()))
                .collect(Collectors.groupingBy(
                        wish -> wish.cluster()
                                + seat(outcome, wish).agent().rack().orElseThrow(),
                        Collectors.counting()));
    }

    private static List<Settled> settled(List<Wish> wishes, Matching.Outcome outcome) {
        return wishes.stream()
                .filter(wish -> outcome.seats().containsKey(wish.id()))
                .map(wish -> new Settled(wish.cluster(), seat(outcome, wish).agent()))
                .toList();
    }

    private static List<Vacancy> left(List<Vacancy> fleet, List<Wish> wishes, Matching.Outcome outcome) {
        return fleet.stream()
                .map(vacancy -> {
                    List<Wish> there = wishes.stream()
                            .filter(wish -> outcome.seats().containsKey(wish.id())
                                    && seat(outcome, wish).agent().equals(vacancy.agent()))
                            .toList();
                    return new Vacancy(
                            vacancy.agent(),
                            vacancy.cpus()
                                    - there.stream()
                                            .mapToDouble(wish -> wish.need().cpus())
                                            .sum(),
                            new DataSize(vacancy.mem().bytes() - sum(there, Need::mem)),
                            new DataSize(vacancy.disk().bytes() - sum(there, Need::disk)),
                            ports(vacancy.ports().count() - 4 * there.size()));
                })
                .toList();
    }

    private static long sum(List<Wish> wishes, Function<Need, DataSize> kind) {
        return wishes.stream()
                .mapToLong(wish -> kind.apply(wish.need()).bytes())
                .sum();
    }

    private static List<Wish> wishes(String cluster, int count) {
        return IntStream.range(0, count)
                .mapToObj(number ->
                        new Wish(new InstanceId(new ClusterName(cluster), number), cluster, NEED, List.of(), true))
                .toList();
    }

    private static Vacancy vacancy(int number, String zone, String rack) {
        return vacancy(agent(number, zone, rack), 8, 8192, 100_000, 1000);
    }

    private static Vacancy vacancy(Agent agent, double cpus, long mem, long disk, int ports) {
        return new Vacancy(agent, cpus, DataSize.ofMegabytes(mem), DataSize.ofMegabytes(disk), ports(ports));
    }

    private static PortRanges ports(int count) {
        return new PortRanges(Stream.of(new PortRanges.Range(31_000, 31_000 + Math.max(count, 1) - 1))
                .filter(_ -> count > 0)
                .toList());
    }

    private static Agent agent(int number, String zone, String rack) {
        return new Agent("agent-" + number, "host-" + number, Map.of("rack", rack), Optional.of(zone));
    }
}
