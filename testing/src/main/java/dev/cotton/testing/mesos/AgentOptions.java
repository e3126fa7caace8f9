package dev.cotton.testing.mesos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a simulated agent is started; the defaults are those of Mesos, with the resources of a small machine.
 *
 * @param hostname as offers show it; it has to resolve to this machine for those who connect to it
 * @param cpus how many CPUs it offers
 * @param mem megabytes of memory
 * @param disk megabytes of disk
 * @param firstPort the first port offered
 * @param lastPort the last port offered
 * @param attributes by name, with values as {@code mesos-agent} reads them: numbers, ranges ({@code [1-5]}), or text
 * @param domain region and zone, when it is told them
 * @param more what it has besides
 * @param timing its waits
 */
public record AgentOptions(
        String hostname,
        double cpus,
        double mem,
        double disk,
        int firstPort,
        int lastPort,
        Map<String, String> attributes,
        Optional<Domain> domain,
        List<More> more,
        Timing timing) {

    /** Resources that not every agent has. */
    public sealed interface More {}

    /** Reserved for {@code role} as long as the agent lives: CPUs, megabytes of memory and of disk. */
    public record Reserved(String role, double cpus, double mem, double disk) implements More {}

    /** A disk of its own, mounted at {@code root}, that is given away in pieces. */
    public record PathDisk(String root, double megabytes) implements More {}

    /** A file system of its own, mounted at {@code folder}, which has to be there; it only goes as a whole. */
    public record MountDisk(Path folder, double megabytes) implements More {}

    /** A fault domain. */
    public record Domain(String region, String zone) {}

    /**
     * The waits of an agent.
     *
     * @param executorRegistration how long a new executor may take to subscribe
     * @param executorReregistration how long executors may take to subscribe again after a restart of the agent
     * @param executorShutdownGrace between SHUTDOWN and SIGKILL, unless the executor asks for another
     * @param recovery how long executors wait for a stopped agent, told them as MESOS_RECOVERY_TIMEOUT
     * @param recovering how long a restarted agent answers 503
     * @param updateRetry after which an unacknowledged update is sent again, doubling each time
     */
    public record Timing(
            Duration executorRegistration,
            Duration executorReregistration,
            Duration executorShutdownGrace,
            Duration recovery,
            Duration recovering,
            Duration updateRetry) {

        /** What {@code mesos-agent} does when started without options. */
        public static Timing mesosDefaults() {
            return new Timing(
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(15),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(10));
        }
    }

    /** An agent at 127.0.0.1 with these ports, 4 CPUs, 8 GB of memory and 20 GB of disk. */
    public static AgentOptions withPorts(int first, int last) {
        return new AgentOptions(
                "127.0.0.1",
                4,
                8192,
                20000,
                first,
                last,
                Map.of(),
                Optional.empty(),
                List.of(),
                Timing.mesosDefaults());
    }

    /** These options with other resources: CPUs, megabytes of memory and of disk. */
    public AgentOptions withResources(double cores, double memory, double space) {
        return new AgentOptions(hostname, cores, memory, space, firstPort, lastPort, attributes, domain, more, timing);
    }

    /** These options with another host name. */
    public AgentOptions withHostname(String name) {
        return new AgentOptions(name, cpus, mem, disk, firstPort, lastPort, attributes, domain, more, timing);
    }

    /** These options with one more attribute. */
    public AgentOptions withAttribute(String name, String value) {
        Map<String, String> known = new LinkedHashMap<>(attributes);
        known.put(name, value);
        return new AgentOptions(hostname, cpus, mem, disk, firstPort, lastPort, known, domain, more, timing);
    }

    /** These options with a fault domain. */
    public AgentOptions withDomain(String region, String zone) {
        return new AgentOptions(
                hostname,
                cpus,
                mem,
                disk,
                firstPort,
                lastPort,
                attributes,
                Optional.of(new Domain(region, zone)),
                more,
                timing);
    }

    /** These options with these resources besides, and no others. */
    public AgentOptions withMore(More... others) {
        return new AgentOptions(
                hostname, cpus, mem, disk, firstPort, lastPort, attributes, domain, List.of(others), timing);
    }

    /** These options with other waits. */
    public AgentOptions withTiming(Timing other) {
        return new AgentOptions(hostname, cpus, mem, disk, firstPort, lastPort, attributes, domain, more, other);
    }
}
