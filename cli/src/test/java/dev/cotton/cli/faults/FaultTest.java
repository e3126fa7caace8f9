package dev.cotton.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.cli.bench.InstanceProcesses;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.machine.DataFolder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

final class FaultTest {
    private static final InstanceProcesses NOWHERE = new InstanceProcesses(new DataFolder(Path.of("/nowhere")));

    @Test
    void everyFaultIsWrittenAsItIsRead() {
        for (Fault fault : Fault.values()) {
            assertThat(new Fault.Parser().convert(fault.toString())).isEqualTo(fault);
        }
        assertThatThrownBy(() -> new Fault.Parser().convert("kill-scheduler"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("kill-primary");
    }

    @Test
    void schedulersAndMachinesOfOthersAreLeftAlone() {
        Scene scene = new Scene(FaultTest::nobody, NOWHERE, Optional.empty());

        List<Fault> left = Arrays.stream(Fault.values())
                .filter(fault -> scene.lacking(fault, 3).isPresent())
                .toList();

        assertThat(left)
                .containsExactly(
                        Fault.SCHEDULER_KILLED,
                        Fault.SCHEDULER_KILLED_CHOSEN,
                        Fault.SCHEDULER_KILLED_NAMED,
                        Fault.ZOOKEEPER_STOPPED,
                        Fault.ZOOKEEPER_STOPPED_PRIMARY_KILLED,
                        Fault.EVERYTHING_KILLED,
                        Fault.HOST_VANISHES,
                        Fault.ISOLATED,
                        Fault.REPLICATION_ONLY,
                        Fault.CUT_FROM_SCHEDULER,
                        Fault.REPLICA_ISOLATED,
                        Fault.REPLICAS_ISOLATED,
                        Fault.DISK_FULL,
                        Fault.DISK_FROZEN,
                        Fault.DISK_STUCK,
                        Fault.DISK_READ_ONLY);
        assertThat(scene.lacking(Fault.KILL_REPLICA_THEN_PRIMARY, 2)).contains("It needs at least three instances.");
        assertThat(scene.lacking(Fault.ISOLATED, 3)).contains("It needs hosts of the drill's own.");
        assertThat(scene.clientAddress()).isEmpty();
    }

    private static SchedulerClient nobody() {
        throw new IllegalStateException("not to be asked");
    }
}
