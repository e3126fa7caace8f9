package dev.cotton.scheduler.engine.mesos.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.DataSize;
import dev.cotton.scheduler.engine.mesos.offer.Need;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EmptyFleetTest {
    private static final List<AgentSize> TWO = List.of(agent(4, 8192, 20_000), agent(8, 2048, 90_000));

    private static AgentSize agent(double cpus, long mem, long disk) {
        return new AgentSize(cpus, DataSize.ofMegabytes(mem), DataSize.ofMegabytes(disk));
    }

    private static Need need(double cpus, long mem, long disk) {
        return new Need(cpus, DataSize.ofMegabytes(mem), DataSize.ofMegabytes(disk), Optional.empty(), 4);
    }

    @Test
    void saysNothingOfWhatFits() {
        assertThat(EmptyFleet.shortage(TWO, need(2, 2048, 10_000), 2, true)).isEmpty();
        assertThat(EmptyFleet.shortage(TWO, need(1, 2048, 5000), 5, false)).isEmpty();
    }

    @Test
    void namesTheResourceThatIsShortAndTheLargestAgent() {
        assertThat(EmptyFleet.shortage(TWO, need(1, 4096, 1024), 2, true))
                .contains("mem: 2 instances of 4gb do not fit on the fleet's 2 agents even if nobody else used them,"
                        + " only 1; the largest has 8192mb.");
        assertThat(EmptyFleet.shortage(TWO, need(1, 512, 95_000), 1, true).orElse(""))
                .startsWith("disk: 1 instance of 95000mb do");
        assertThat(EmptyFleet.shortage(TWO, need(9, 512, 1024), 1, true).orElse(""))
                .startsWith("cpus: ")
                .endsWith("the largest has 8.0.");
        assertThat(EmptyFleet.shortage(TWO, need(6, 4096, 1024), 1, true).orElse(""))
                .startsWith("cpus, mem and disk together: ");
    }

    @Test
    void countsAgentsWhereInstancesGoApart() {
        assertThat(EmptyFleet.shortage(TWO, need(1, 512, 1024), 3, true).orElse(""))
                .startsWith("agents: 3 instances of a cluster go to as many agents, and the fleet has only 2.");
        assertThat(EmptyFleet.shortage(TWO, need(1, 512, 1024), 3, false)).isEmpty();
    }

    /** Where instances can be dealt out one by one, nothing is said; where they cannot, something is. */
    @ParameterizedTest
    @MethodSource
    void agreesWithDealingThemOut(long seed) {
        Random random = new Random(seed);
        List<AgentSize> agents = IntStream.range(0, 1 + random.nextInt(6))
                .mapToObj(_ -> agent(random.nextInt(9), random.nextInt(9) * 512L, random.nextInt(9) * 1024L))
                .toList();
        Need need = need(1 + random.nextInt(3), 512L * (1 + random.nextInt(3)), 1024L * (1 + random.nextInt(3)));
        boolean apart = random.nextBoolean();
        int instances = 1 + random.nextInt(9);

        int dealt = 0;
        for (AgentSize agent : agents) {
            double cpus = agent.cpus();
            long mem = agent.mem().bytes();
            long disk = agent.disk().bytes();
            boolean open = true;
            while (open
                    && cpus >= need.cpus()
                    && mem >= need.mem().bytes()
                    && disk >= need.disk().bytes()) {
                cpus -= need.cpus();
                mem -= need.mem().bytes();
                disk -= need.disk().bytes();
                dealt++;
                open = !apart;
            }
        }
        assertThat(EmptyFleet.shortage(agents, need, instances, apart).isEmpty())
                .isEqualTo(dealt >= instances);
    }

    static LongStream agreesWithDealingThemOut() {
        return LongStream.rangeClosed(1, 500);
    }
}
