package dev.cotton.scheduler.engine.mesos.survey;

import dev.cotton.core.model.DataSize;
import dev.cotton.scheduler.engine.mesos.offer.Need;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** How many instances of one size would go into agents that nobody else used. Pure. */
public final class EmptyFleet {
    private EmptyFleet() {}

    /**
     * The resource that is short for {@code instances} of that need, in a sentence; empty when they fit.
     *
     * @param apart whether an agent takes one of them at most
     */
    public static Optional<String> shortage(Collection<AgentSize> agents, Need need, int instances, boolean apart) {
        DataSize disk = new DataSize(
                need.disk().bytes() + need.mount().map(DataSize::bytes).orElse(0L));
        ToLongFunction<AgentSize> byCpus = agent -> (long) Math.floor(agent.cpus() / need.cpus() + 1e-9);
        ToLongFunction<AgentSize> byMem =
                agent -> agent.mem().bytes() / need.mem().bytes();
        ToLongFunction<AgentSize> byDisk = agent -> agent.disk().bytes() / disk.bytes();
        if (apart && agents.size() < instances) {
            return Optional.of(
                    "agents: " + instances + " instances of a cluster go to as many agents, and the fleet has"
                            + " only " + agents.size() + ". Ask for fewer, or let them share agents.");
        }
        return lack("mem", need.mem().toString(), agents, byMem, instances, apart)
                .map(text -> text + largest(agents, AgentSize::mem))
                .or(() -> lack("disk", disk.toString(), agents, byDisk, instances, apart)
                        .map(text -> text + largest(agents, AgentSize::disk)))
                .or(() -> lack("cpus", String.valueOf(need.cpus()), agents, byCpus, instances, apart)
                        .map(text -> text + largestCpus(agents)))
                .or(() -> lack(
                                "cpus, mem and disk together",
                                need.toString(),
                                agents,
                                agent -> Math.min(
                                        byCpus.applyAsLong(agent),
                                        Math.min(byMem.applyAsLong(agent), byDisk.applyAsLong(agent))),
                                instances,
                                apart)
                        .map(text -> text + "too few agents have enough of all three."));
    }

    private static Optional<String> lack(
            String name,
            String each,
            Collection<AgentSize> agents,
            ToLongFunction<AgentSize> count,
            int instances,
            boolean apart) {
        long fitting = agents.stream()
                .mapToLong(agent -> apart ? Math.min(1, count.applyAsLong(agent)) : count.applyAsLong(agent))
                .sum();
        return fitting >= instances
                ? Optional.empty()
                : Optional.of(name + ": " + instances + (instances == 1 ? " instance" : " instances") + " of " + each
                        + " do not fit on the fleet's " + agents.size() + (agents.size() == 1 ? " agent" : " agents")
                        + " even if nobody else used them, only " + fitting + "; ");
    }

    private static String largest(Collection<AgentSize> agents, Function<AgentSize, DataSize> resource) {
        DataSize most = agents.stream().map(resource).max(DataSize::compareTo).orElse(new DataSize(0));
        return "the largest has " + most.megabytes() + "mb.";
    }

    private static String largestCpus(Collection<AgentSize> agents) {
        double most = agents.stream().mapToDouble(AgentSize::cpus).max().orElse(0);
        return String.format(Locale.ROOT, "the largest has %.1f.", most);
    }
}
