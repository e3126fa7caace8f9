package dev.cotton.scheduler.engine.mesos;

import static dev.cotton.scheduler.engine.mesos.Cycles.accept;
import static dev.cotton.scheduler.engine.mesos.Cycles.all;
import static dev.cotton.scheduler.engine.mesos.Cycles.cycle;
import static dev.cotton.scheduler.engine.mesos.Cycles.free;
import static dev.cotton.scheduler.engine.mesos.Cycles.operation;
import static dev.cotton.scheduler.engine.mesos.Cycles.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.Disk;
import dev.cotton.core.mesos.Offer;
import dev.cotton.core.mesos.OfferId;
import dev.cotton.core.mesos.Operation;
import dev.cotton.core.mesos.Reservation;
import dev.cotton.core.mesos.Resource;
import dev.cotton.core.mesos.TaskState;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.PlacementSpec.DiskType;
import dev.cotton.core.model.Resources;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Goal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Roles, whole disks and shared agents in what is done with offers. */
final class PlacementCycleTest {
    private static final MesosInstance WANTED = MesosInstance.wanted(Fixtures.id(0), Fixtures.terms(1), "sealed");

    private static MesosInstance inRole(int cluster, String role, DiskType diskType) {
        return MesosInstance.wanted(
                InstanceId.parse("c" + cluster + "-0"),
                new MesosInstance.Terms("uid-" + cluster, Resources.ORDINARY, role, false, diskType),
                "sealed");
    }

    @Test
    void reservesForTheRoleOfTheClusterAndUsesNoOffersToAnother() {
        MesosInstance web = inRole(1, "web", DiskType.ROOT);
        List<Offer> both = List.of(
                Fixtures.offer("o1", 1, "cotton", Fixtures.plenty()),
                Fixtures.offer("o2", 1, "web", Fixtures.plenty()),
                Fixtures.offer("o3", 2, "cotton", Fixtures.plenty()));

        OfferCycle.Outcome outcome = cycle(both, web);

        assertThat(accept(outcome).offerIds()).containsExactly(new OfferId("o2"));
        assertThat(operation(outcome, Operation.Reserve.class).resources())
                .allSatisfy(resource -> assertThat(resource.reservations())
                        .singleElement()
                        .satisfies(mark -> assertThat(mark.role()).isEqualTo("web")));
        assertThat(cycle(free(1), web).shortages().values())
                .containsExactly("No agent offers anything to the role web now.");
    }

    @Test
    void answersOffersToTwoRolesOfOneAgentApart() {
        List<Offer> both = List.of(
                Fixtures.offer("o1", 1, "cotton", Fixtures.plenty()),
                Fixtures.offer("o2", 1, "web", Fixtures.plenty()));

        OfferCycle.Outcome outcome = cycle(both, WANTED, inRole(2, "web", DiskType.ROOT));

        assertThat(outcome.calls())
                .extracting(call -> ((Call.Accept) call).offerIds())
                .containsExactlyInAnyOrder(List.of(new OfferId("o1")), List.of(new OfferId("o2")));
    }

    @Test
    void declinesForLongWhereNothingOfTheRoleWaits() {
        List<Offer> offers = List.of(
                Fixtures.offer("o1", 1, "cotton", List.of(Resource.scalar("cpus", 0.1))),
                Fixtures.offer("o2", 2, "web", Fixtures.plenty()));

        assertThat(cycle(offers, WANTED).calls())
                .containsExactly(
                        new Call.Decline(
                                List.of(new OfferId("o1")), Optional.of(Call.Filters.refuse(Duration.ofSeconds(2)))),
                        new Call.Decline(
                                List.of(new OfferId("o2")), Optional.of(Call.Filters.refuse(Duration.ofHours(1)))));
    }

    @Test
    void doesNotReserveWhatAnOperatorHasReservedForTheSameRole() {
        List<Resource> kept = Fixtures.plenty().stream()
                .map(resource -> resource.reserved(
                        new Reservation(Reservation.Type.STATIC, "web", Optional.empty(), Optional.empty())))
                .toList();

        assertThat(cycle(List.of(Fixtures.offer("o1", 1, "web", kept)), inRole(1, "web", DiskType.ROOT))
                        .shortages())
                .hasSize(1);
        OfferCycle.Outcome below =
                cycle(List.of(Fixtures.offer("o1", 1, "web/db", kept)), inRole(1, "web/db", DiskType.ROOT));
        assertThat(operation(below, Operation.Reserve.class).resources())
                .allSatisfy(resource -> assertThat(resource.reservations())
                        .extracting(Reservation::role)
                        .containsExactly("web", "web/db"));
    }

    private static List<Resource> withMounts() {
        return Stream.concat(
                        Fixtures.plenty().stream(),
                        Stream.of(Fixtures.mount("/mnt/a", 90_000), Fixtures.mount("/mnt/b", 4000.5)))
                .toList();
    }

    @Test
    void takesAMountDiskWholeWithItsSource() {
        MesosInstance wanted = inRole(1, "cotton", DiskType.MOUNT);

        OfferCycle.Outcome outcome = cycle(List.of(Fixtures.offer("o1", 1, withMounts())), wanted);

        Resource volume = operation(outcome, Operation.Create.class).volumes().getFirst();
        assertThat(volume.scalar().orElseThrow().value()).isEqualTo(4000.5);
        assertThat(volume.disk().flatMap(Disk::source))
                .isEqualTo(Fixtures.mount("/mnt/b", 1).disk().flatMap(Disk::source));
        assertThat(volume.volume()).isTrue();
        assertThat(operation(outcome, Operation.Reserve.class).resources())
                .filteredOn(Resource::mount)
                .containsExactly(volume.withoutVolume());
        assertThat(Pile.sum(all(task(outcome)), "disk")).isEqualTo(4000.5 + 1024);
    }

    @Test
    void goesBackToItsMountDiskAndGivesItBackWhole() {
        List<Offer> offers = List.of(Fixtures.offer("o1", 1, withMounts()));
        OfferCycle.Outcome first = cycle(offers, inRole(1, "cotton", DiskType.MOUNT));
        List<Resource> own = all(task(first));
        MesosInstance ended = first.changed()
                .getFirst()
                .heard(TaskState.TASK_RUNNING, "")
                .heard(TaskState.TASK_FAILED, "it was killed");
        List<Offer> again = List.of(Fixtures.offer("o2", 1, own));

        assertThat(Launching.volume(all(task(cycle(again, ended))))).isEqualTo(Launching.volume(own));

        OfferCycle.Outcome purged = cycle(again, ended.withGoal(Goal.DESTROY));
        assertThat(operation(purged, Operation.Destroy.class).volumes())
                .isEqualTo(Launching.volume(own).stream().toList());
        assertThat(operation(purged, Operation.Unreserve.class).resources())
                .filteredOn(Resource::mount)
                .containsExactly(Launching.volume(own).orElseThrow().withoutVolume());
        List<Resource> emptied = own.stream().map(Resource::withoutVolume).toList();
        assertThat(cycle(List.of(Fixtures.offer("o3", 1, emptied)), ended)
                        .changed()
                        .getFirst()
                        .lost())
                .contains("its volume is gone");
    }

    @Test
    void leavesMountDisksToThoseWhoAskForThem() {
        List<Resource> offered = withMounts().stream()
                .filter(resource -> !resource.name().equals("disk") || resource.mount())
                .toList();

        assertThat(cycle(List.of(Fixtures.offer("o1", 1, offered)), WANTED)
                        .shortages()
                        .values())
                .containsExactly(
                        "None of 1 agent that offers something to the role cotton has room: 1 has less than 3gb disk.");
    }

    @Test
    void sharesAnAgentOnlyWhenTold() {
        Resources size = Resources.ORDINARY;
        List<MesosInstance> apart = Stream.of(0, 1)
                .map(ordinal -> MesosInstance.wanted(Fixtures.id(ordinal), Fixtures.terms(1), "sealed"))
                .toList();
        List<MesosInstance> sharing = Stream.of(0, 1)
                .map(ordinal -> MesosInstance.wanted(
                        Fixtures.id(ordinal),
                        new MesosInstance.Terms("uid-1", size, "cotton", true, DiskType.ROOT),
                        "sealed"))
                .toList();

        assertThat(cycle(free(1), apart.toArray(MesosInstance[]::new)).changed())
                .hasSize(1);
        assertThat(cycle(free(1), sharing.toArray(MesosInstance[]::new)).changed())
                .hasSize(2);
    }
}
