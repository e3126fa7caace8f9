package dev.cotton.scheduler.engine.mesos.offer;

import static dev.cotton.scheduler.engine.mesos.offer.Fleets.ROLE;
import static dev.cotton.scheduler.engine.mesos.offer.Fleets.agent;
import static dev.cotton.scheduler.engine.mesos.offer.Fleets.ports;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import java.util.ArrayList;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What matching keeps to on any fleet, for whatever is wanted. */
final class MatchingRulesTest {
    @ParameterizedTest
    @MethodSource
    void keepsEveryRuleOnAnyFleet(long seed) {
        Random random = new Random(seed);
        List<Vacancy> fleet = IntStream.range(0, 1 + random.nextInt(12))
                .boxed()
                .flatMap(number -> vacancies(random, number))
                .toList();
        List<Constraint> constraints = random.nextBoolean() ? List.of(Constraint.parse("rack:MAX_PER:1")) : List.of();
        List<Wish> wishes = IntStream.range(0, random.nextInt(20))
                .mapToObj(number -> wish(random, number, constraints))
                .toList();

        var outcome = Matching.match(wishes, fleet, List.of());

        assertThat(union(outcome)).isEqualTo(wishes.stream().map(Wish::id).collect(Collectors.toSet()));
        for (Vacancy vacancy : fleet) {
            List<Wish> there = wishes.stream()
                    .filter(wish -> wish.role().equals(vacancy.role()))
                    .filter(wish -> isOn(wish, vacancy.agent(), outcome))
                    .toList();
            holds(vacancy, there, outcome);
        }
        assertThat(outcome.seats().keySet())
                .as("nobody sits where his role is offered nothing")
                .allSatisfy(id -> assertThat(fleet)
                        .anyMatch(vacancy -> vacancy.role()
                                        .equals(wish(wishes, id).role())
                                && vacancy.agent()
                                        .equals(seat(outcome, wish(wishes, id)).agent())));
        constraints.forEach(constraint ->
                assertThat(perRack(wishes, outcome).values()).allMatch(count -> count == 1, constraint.toString()));
        sharesFairly(wishes, fleet, outcome);
        assertThat(wishes)
                .filteredOn(wish -> outcome.shortages().containsKey(wish.id()))
                .as("who waits would fit nowhere on what is left")
                .allSatisfy(wish -> assertThat(
                                Matching.match(List.of(wish), left(fleet, wishes, outcome), settled(wishes, outcome))
                                        .seats())
                        .isEmpty());
    }

    static LongStream keepsEveryRuleOnAnyFleet() {
        return LongStream.rangeClosed(1, 1000);
    }

    /** Of an agent, for one or both of two roles. */
    private static Stream<Vacancy> vacancies(Random random, int number) {
        Agent agent = agent(number, "z" + random.nextInt(3), "r" + random.nextInt(5));
        return Stream.of(ROLE, "web")
                .filter(_ -> random.nextInt(3) > 0)
                .map(role -> new Vacancy(
                        agent,
                        role,
                        random.nextInt(9) / 2.0,
                        DataSize.ofMegabytes(random.nextInt(8) * 512L),
                        new Vacancy.Disks(
                                DataSize.ofMegabytes(random.nextInt(8) * 1024L),
                                IntStream.range(0, random.nextInt(3))
                                        .mapToObj(_ -> DataSize.ofMegabytes(1024L + random.nextInt(3) * 1024L))
                                        .toList()),
                        ports(random.nextInt(20)),
                        random.nextInt(4) == 0));
    }

    /** Clusters 0 and 1 are in one role, 2 and 3 in the other; 1 and 3 share agents; 3 takes whole disks. */
    private static Wish wish(Random random, int number, List<Constraint> constraints) {
        int cluster = number % 4;
        return new Wish(
                new InstanceId(new ClusterName("c" + cluster), number),
                "c" + cluster,
                cluster < 2 ? ROLE : "web",
                new Need(
                        (1 + random.nextInt(4)) / 2.0,
                        DataSize.ofMegabytes(512L + random.nextInt(3) * 256L),
                        DataSize.ofMegabytes(1024),
                        cluster == 3 ? Optional.of(DataSize.ofMegabytes(2048)) : Optional.empty(),
                        4),
                constraints,
                cluster % 2 == 0,
                random.nextInt(30));
    }

    private static Wish wish(List<Wish> wishes, InstanceId id) {
        return wishes.stream().filter(wish -> wish.id().equals(id)).findFirst().orElseThrow();
    }

    private static boolean isOn(Wish wish, Agent agent, Matching.Outcome outcome) {
        return Optional.ofNullable(outcome.seats().get(wish.id()))
                .filter(seat -> seat.agent().equals(agent))
                .isPresent();
    }

    /** Whoever of a sharing cluster went to an agent last found no other with room that had fewer of it. */
    private static void sharesFairly(List<Wish> wishes, List<Vacancy> fleet, Matching.Outcome outcome) {
        Set<String> looked = new HashSet<>();
        wishes.reversed().stream()
                .filter(wish -> !wish.apart() && wish.constraints().isEmpty())
                .filter(wish -> outcome.seats().containsKey(wish.id()))
                .filter(wish ->
                        looked.add(wish.cluster() + seat(outcome, wish).agent().id()))
                .forEach(last -> {
                    Agent own = seat(outcome, last).agent();
                    long ownCount = of(last.cluster(), own, wishes, outcome);
                    left(fleet, wishes, outcome).stream()
                            .filter(vacancy -> !vacancy.agent().equals(own) && fits(last, vacancy))
                            .forEach(vacancy -> assertThat(ownCount)
                                    .as("%s on %s", last.id(), own.id())
                                    .isLessThanOrEqualTo(of(last.cluster(), vacancy.agent(), wishes, outcome) + 1));
                });
    }

    private static boolean fits(Wish wish, Vacancy vacancy) {
        return !Matching.match(List.of(wish), List.of(vacancy), List.of())
                .seats()
                .isEmpty();
    }

    private static long of(String cluster, Agent agent, List<Wish> wishes, Matching.Outcome outcome) {
        return wishes.stream()
                .filter(wish -> wish.cluster().equals(cluster) && isOn(wish, agent, outcome))
                .count();
    }

    private static void holds(Vacancy vacancy, List<Wish> there, Matching.Outcome outcome) {
        assertThat(there).hasSizeLessThanOrEqualTo(vacancy.closing() ? 0 : Integer.MAX_VALUE);
        assertThat(there.stream().mapToDouble(wish -> wish.need().cpus()).sum()).isLessThanOrEqualTo(vacancy.cpus());
        assertThat(sum(there, Need::mem)).isLessThanOrEqualTo(vacancy.mem().bytes());
        assertThat(sum(there, Need::disk))
                .isLessThanOrEqualTo(vacancy.disks().largest().bytes());
        assertThat(there.stream()
                        .filter(wish -> wish.need().mount().isPresent())
                        .count())
                .isLessThanOrEqualTo(vacancy.disks().mounts().stream()
                        .filter(size -> size.compareTo(DataSize.ofMegabytes(2048)) >= 0)
                        .count());
        assertThat(there.stream().filter(Wish::apart)).extracting(Wish::cluster).doesNotHaveDuplicates();
        List<Integer> ports = there.stream()
                .flatMap(wish -> seat(outcome, wish).ports().stream())
                .toList();
        assertThat(ports).doesNotHaveDuplicates().hasSize(4 * there.size());
        assertThat(vacancy.ports().pick(Set.of(), 0, Integer.MAX_VALUE)).containsAll(ports);
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
                .map(vacancy -> left(
                        vacancy,
                        wishes.stream()
                                .filter(wish -> wish.role().equals(vacancy.role()))
                                .filter(wish -> isOn(wish, vacancy.agent(), outcome))
                                .toList()))
                .toList();
    }

    private static Vacancy left(Vacancy vacancy, List<Wish> there) {
        List<DataSize> mounts = new ArrayList<>(vacancy.disks().mounts());
        there.stream()
                .flatMap(wish -> wish.need().mount().stream())
                .forEach(least -> mounts.remove(mounts.stream()
                        .filter(size -> size.compareTo(least) >= 0)
                        .min(DataSize::compareTo)
                        .orElseThrow()));
        return new Vacancy(
                vacancy.agent(),
                vacancy.role(),
                vacancy.cpus()
                        - there.stream().mapToDouble(wish -> wish.need().cpus()).sum(),
                new DataSize(vacancy.mem().bytes() - sum(there, Need::mem)),
                new Vacancy.Disks(new DataSize(vacancy.disks().largest().bytes() - sum(there, Need::disk)), mounts),
                ports(vacancy.ports().count() - 4 * there.size()),
                vacancy.closing());
    }

    private static long sum(List<Wish> wishes, Function<Need, DataSize> kind) {
        return wishes.stream()
                .mapToLong(wish -> kind.apply(wish.need()).bytes())
                .sum();
    }
}
