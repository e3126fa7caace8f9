package dev.cotton.scheduler.engine.local.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import dev.cotton.scheduler.engine.local.placement.Placement.Outcome;
import dev.cotton.scheduler.engine.local.placement.Placement.Seat;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PlacementTest {
    private static final Resources SIZE = new Resources(1, DataSize.ofMegabytes(512), DataSize.ofMegabytes(1024));
    private static final Room ROOM = new Room(4, DataSize.ofMegabytes(2048), DataSize.ofMegabytes(10 << 10));

    private final World world = new World();
    private final Placement placement = placement(new PortRange(20000, 20099), "h1", "h2", "h3");

    /** What is taken and free behind the placement's back. */
    private static final class World implements Placement.Probe {
        final Set<Integer> taken = new HashSet<>();
        DataSize free = DataSize.ofMegabytes(1 << 20);

        @Override
        public Set<Integer> taken(Host host, int first, int count) {
            return taken.stream()
                    .filter(port -> port >= first && port < first + count)
                    .collect(Collectors.toSet());
        }

        @Override
        public DataSize diskFree() {
            return free;
        }
    }

    private Placement placement(PortRange range, String... hosts) {
        return new Placement(
                IntStream.range(0, hosts.length)
                        .mapToObj(number ->
                                new Host(hosts[number], "10.0.0." + (number + 1), List.of(), Optional.of(ROOM)))
                        .toList(),
                range,
                world);
    }

    private static InstanceId id(String cluster, int ordinal) {
        return new InstanceId(new ClusterName(cluster), ordinal);
    }

    private Seat seat(String cluster, int ordinal) throws IOException {
        return seat(placement, cluster, ordinal);
    }

    private static Seat seat(Placement placement, String cluster, int ordinal) throws IOException {
        return switch (placement.seat(id(cluster, ordinal), "uid-of-" + cluster, SIZE)) {
            case Outcome.Seated(Seat seat) -> seat;
            case Outcome.Lacking(String why) -> throw new AssertionError(why);
        };
    }

    private static String lacking(Placement placement, InstanceId id, Resources size) throws IOException {
        return switch (placement.seat(id, "uid", size)) {
            case Outcome.Seated(Seat seat) -> throw new AssertionError("seated at " + seat);
            case Outcome.Lacking(String why) -> why;
        };
    }

    @Test
    void aClusterIsSpreadBeforeAnythingElseCounts() throws IOException {
        seat("busy", 0);
        seat("busy", 1);
        seat("busy", 2);
        seat("alone", 0);
        assertThat(List.of(
                        seat("demo", 0).host(),
                        seat("demo", 1).host(),
                        seat("demo", 2).host()))
                .containsExactlyInAnyOrder("h1", "h2", "h3");
    }

    @Test
    void amongHostsWithoutTheClusterTheEmptiestIsTaken() throws IOException {
        assertThat(seat("a", 0).host()).isEqualTo("h1");
        assertThat(seat("b", 0).host()).isEqualTo("h2");
        assertThat(seat("c", 0).host()).isEqualTo("h3");
        placement.free(id("b", 0));
        assertThat(seat("d", 0).host()).isEqualTo("h2");
    }

    @Test
    void anInstanceBindsItsHostsAddress() throws IOException {
        Seat seat = seat("demo", 0);
        assertThat(seat.ports()).isEqualTo(new Ports("10.0.0.1", 20000, 20001, 20002, 20003));
        assertThat(seat("demo", 0)).isEqualTo(seat);
    }

    @Test
    void aPortThatSomebodyElseHasIsPassedOver() throws IOException {
        world.taken.add(20002);
        assertThat(seat("demo", 0).ports().mysql()).isEqualTo(20004);
    }

    @Test
    void portsAreReusedOnlyWhenTheirHolderIsGoneForGood() throws IOException {
        Placement narrow = placement(new PortRange(20000, 20007), "h1");
        seat(narrow, "demo", 0);
        seat(narrow, "demo", 1);
        narrow.rest(id("demo", 0));
        assertThat(lacking(narrow, id("demo", 2), SIZE)).contains("20000-20007");
        narrow.free(id("demo", 0));
        assertThat(seat(narrow, "demo", 2).ports().mysql()).isEqualTo(20000);
    }

    @Test
    void portsOfAnEarlierRangeAreNotGivenAgainEither() throws IOException {
        Ports earlier = new Ports("10.0.0.1", 20002, 20003, 20004, 20005);
        placement.remember(id("demo", 0), new Seat("uid", SIZE, "h1", earlier, true));
        assertThat(seat("demo", 1).ports().mysql()).isEqualTo(20008);
    }

    @Test
    void whatRestsKeepsItsDiskAndGivesMemoryAndCoresBack() throws IOException {
        Placement one = placement(new PortRange(20000, 20099), "h1");
        for (int ordinal = 0; ordinal < 4; ordinal++) {
            seat(one, "demo", ordinal);
        }
        assertThat(lacking(one, id("demo", 4), SIZE))
                .isEqualTo("h1: cpus: 1.0 wanted, 0.0 free, mem: 512mb wanted, 0mb free");
        one.rest(id("demo", 0));
        assertThat(one.capacity().diskUsed()).isEqualTo(DataSize.ofMegabytes(4096));
        assertThat(one.capacity().cpusUsed()).isEqualTo(3);
        seat(one, "demo", 4);
        assertThat(lacking(one, id("demo", 0), SIZE)).startsWith("h1: cpus");
        one.free(id("demo", 4));
        assertThat(seat(one, "demo", 0).running()).isTrue();
    }

    @Test
    void aFullFileSystemIsSaid() throws IOException {
        world.free = DataSize.ofMegabytes(700);
        assertThat(lacking(placement, id("demo", 0), SIZE))
                .isEqualTo("disk: 1gb wanted, the file system has 700mb free");
    }

    @Test
    void shortageCountsWholeInstancesPerHost() {
        assertThat(placement.shortage(SIZE, 12)).isEmpty();
        assertThat(placement.shortage(SIZE, 13))
                .contains("mem: 13 instances of 512mb do not fit, only 12; the largest host gives 2048mb.");
        Resources large = new Resources(1, DataSize.ofMegabytes(1100), SIZE.disk());
        assertThat(placement.shortage(large, 3)).isEmpty();
        assertThat(placement.shortage(large, 4).orElse("")).startsWith("mem: 4 instances of 1100mb");
        assertThat(placement.shortage(new Resources(8, SIZE.mem(), SIZE.disk()), 1))
                .contains("cpus: 1 instances of 8.0 do not fit, only 0; the largest host gives 4.0.");
    }

    @Test
    void shortageKnowsHostsThatAreEachShortOfSomethingElse() {
        Room memory = new Room(1, DataSize.ofMegabytes(4096), DataSize.ofMegabytes(4096));
        Room cores = new Room(8, DataSize.ofMegabytes(512), DataSize.ofMegabytes(4096));
        Resources size = new Resources(1, DataSize.ofMegabytes(1024), DataSize.ofMegabytes(1024));
        assertThat(Fit.shortage(List.of(memory, cores), size, 1)).isEmpty();
        assertThat(Fit.shortage(List.of(memory, cores), size, 2).orElse("")).startsWith("cpus, mem and disk together");
    }

    @Test
    void shortageCountsPorts() {
        assertThat(placement(new PortRange(20000, 20007), "h1").shortage(SIZE, 3))
                .contains("ports: 3 instances need 12, and 20000-20007 are 8.");
    }

    @Test
    void hostsThatDoNotSayShareTheMachine() {
        Room machine = new Room(8, DataSize.ofMegabytes(4096), DataSize.ofMegabytes(10240));
        List<Host> hosts = Machine.withRooms(
                List.of(
                        Host.thisMachine(),
                        new Host("h2", "10.0.0.2", List.of("ip", "netns", "exec", "h2"), Optional.empty()),
                        new Host("h3", "10.0.0.3", List.of(), Optional.of(ROOM))),
                machine);
        assertThat(hosts.get(0).room()).contains(machine.split(2));
        assertThat(hosts.get(1).room()).contains(new Room(4, DataSize.ofMegabytes(2048), DataSize.ofMegabytes(5120)));
        assertThat(hosts.get(2).room()).contains(ROOM);
    }

    @Test
    void aReserveStaysWithTheMachine() {
        long gigabyte = 1L << 30;
        assertThat(Machine.withoutReserve(2 * gigabyte)).isEqualTo(DataSize.ofMegabytes(2048 - 384));
        assertThat(Machine.withoutReserve(32 * gigabyte)).isEqualTo(DataSize.ofMegabytes(30 << 10));
        assertThat(Machine.withoutReserve(gigabyte / 4)).isEqualTo(new DataSize(0));
    }

    @Test
    void badSettingsAreRefusedByName() {
        assertThatThrownBy(() -> new PortRange(80, 90)).hasMessageStartingWith("ports:");
        assertThatThrownBy(() -> new PortRange(20000, 20002)).hasMessageStartingWith("ports:");
        assertThatThrownBy(() -> new Host("a\nb", "10.0.0.1", List.of(), Optional.empty()))
                .hasMessageStartingWith("hosts.name:");
        assertThatThrownBy(() -> new Host("a", "example.org", List.of(), Optional.empty()))
                .hasMessageStartingWith("hosts.address:");
    }
}
