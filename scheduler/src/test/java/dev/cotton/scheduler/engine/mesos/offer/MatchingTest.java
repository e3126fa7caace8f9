package dev.cotton.scheduler.engine.mesos.offer;

import static dev.cotton.scheduler.engine.mesos.offer.Fleets.NEED;
import static dev.cotton.scheduler.engine.mesos.offer.Fleets.ROLE;
import static dev.cotton.scheduler.engine.mesos.offer.Fleets.agent;
import static dev.cotton.scheduler.engine.mesos.offer.Fleets.ports;
import static dev.cotton.scheduler.engine.mesos.offer.Fleets.vacancy;
import static dev.cotton.scheduler.engine.mesos.offer.Fleets.wishes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MatchingTest {
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
                .containsExactly("None of 2 agents that offer something to the role cotton has room:"
                        + " 2 have another instance of this cluster.");
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
                .containsExactly(
                        "None of 4 agents that offer something to the role cotton has room: 2 have less than 1gb memory,"
                                + " 1 has less than 1.0 cpus, 1 has fewer than 4 ports.");
        assertThat(Matching.match(wishes("a", 1), List.of(), List.of())
                        .shortages()
                        .values())
                .containsExactly("No agent offers anything to the role cotton now.");
    }

    @Test
    void putsNothingOnAnAgentThatIsToBeLeft() {
        List<Vacancy> fleet = List.of(
                vacancy(0, "z1", "r1").closed(),
                vacancy(1, "z1", "r1"),
                vacancy(2, "z2", "r2").closed());

        var outcome = Matching.match(wishes("a", 2), fleet, List.of());

        assertThat(outcome.seats().values())
                .extracting(seat -> seat.agent().id())
                .containsExactly("agent-1");
        assertThat(outcome.shortages().values())
                .containsExactly("None of 3 agents that offer something to the role cotton has room:"
                        + " 2 have maintenance ahead, 1 has another instance of this cluster.");
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

    @Test
    void takesOtherPortsAfterEachFailureUntilAllWereTried() {
        List<Vacancy> fleet = List.of(vacancy(agent(0, "z", "r"), 4, 9000, 9000, 42));

        List<List<Integer>> tried = IntStream.range(0, 10)
                .mapToObj(attempts -> portsOf(fleet, attempts))
                .toList();

        assertThat(tried).flatExtracting(ports -> ports).doesNotHaveDuplicates().hasSize(40);
        assertThat(portsOf(fleet, 10)).containsExactly(31_040, 31_041, 31_000, 31_001);
    }

    private static List<Integer> portsOf(List<Vacancy> fleet, int attempts) {
        Wish wish = new Wish(new InstanceId(new ClusterName("a"), 0), "a", ROLE, NEED, List.of(), true, attempts);
        return Matching.match(List.of(wish), fleet, List.of()).seats().values().stream()
                .findFirst()
                .orElseThrow()
                .ports();
    }

    @Test
    void sharesAgentsOnlyWhenToldAndThoseWithTheFewestFirst() {
        List<Vacancy> fleet = List.of(vacancy(0, "z1", "r1"), vacancy(1, "z1", "r1"), vacancy(2, "z2", "r2"));
        List<Wish> sharing = wishes("a", 7).stream()
                .map(wish -> new Wish(wish.id(), wish.cluster(), ROLE, NEED, List.of(), false))
                .toList();

        var outcome = Matching.match(sharing, fleet, List.of());

        assertThat(outcome.seats().values())
                .extracting(seat -> seat.agent().id())
                .as("the zone of agent-2 is the emptier one, and yet its turn comes once in three")
                .containsExactly("agent-0", "agent-2", "agent-1", "agent-2", "agent-0", "agent-1", "agent-2");
    }

    @Test
    void usesOffersOfItsOwnRoleOnly() {
        Agent agent = agent(0, "z", "r");
        Vacancy others = new Vacancy(
                agent,
                "web",
                8,
                DataSize.ofMegabytes(8192),
                new Vacancy.Disks(DataSize.ofMegabytes(9000), List.of()),
                ports(100));

        var outcome = Matching.match(wishes("a", 1), List.of(others), List.of());

        assertThat(outcome.seats()).isEmpty();
        assertThat(outcome.shortages().values()).containsExactly("No agent offers anything to the role cotton now.");
        assertThat(Matching.match(wishes("a", 1), List.of(others, vacancy(agent, 8, 8192, 9000, 100)), List.of())
                        .seats())
                .hasSize(1);
    }

    @Test
    void givesAMountDiskToOneInstanceOnlyAndTheSmallestThatIsLargeEnough() {
        Need need = new Need(
                1, DataSize.ofMegabytes(512), DataSize.ofMegabytes(1024), Optional.of(DataSize.ofMegabytes(5000)), 4);
        List<Wish> wishes = Stream.of("a", "b", "c")
                .map(cluster ->
                        new Wish(new InstanceId(new ClusterName(cluster), 0), cluster, ROLE, need, List.of(), true))
                .toList();
        Vacancy vacancy = new Vacancy(
                agent(0, "z", "r"),
                ROLE,
                8,
                DataSize.ofMegabytes(8192),
                new Vacancy.Disks(
                        DataSize.ofMegabytes(90_000),
                        Stream.of(4999, 9000, 5000).map(DataSize::ofMegabytes).toList()),
                ports(100));

        var outcome = Matching.match(wishes, List.of(vacancy), List.of());

        assertThat(outcome.seats().keySet()).extracting(InstanceId::toString).containsExactly("a-0", "b-0");
        assertThat(outcome.shortages().values())
                .containsExactly("None of 1 agent that offers something to the role cotton has room:"
                        + " 1 has no free mount disk of 5000mb or more.");
    }
}
