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
    void schedulersAndZooKeepersOfOthersAreLeftAlone() {
        Scene scene = new Scene(
                FaultTest::nobody, new InstanceProcesses(new DataFolder(Path.of("/nowhere"))), Optional.empty());

        List<Fault> left = Arrays.stream(Fault.values())
                .filter(fault -> !scene.allows(fault, 3))
                .toList();

        assertThat(left)
                .containsExactly(
                        Fault.SCHEDULER_KILLED,
                        Fault.SCHEDULER_KILLED_CHOSEN,
                        Fault.ZOOKEEPER_STOPPED,
                        Fault.ZOOKEEPER_STOPPED_PRIMARY_KILLED,
                        Fault.EVERYTHING_KILLED);
        assertThat(scene.allows(Fault.KILL_REPLICA_THEN_PRIMARY, 2)).isFalse();
    }

    private static SchedulerClient nobody() {
        throw new IllegalStateException("not to be asked");
    }
}
