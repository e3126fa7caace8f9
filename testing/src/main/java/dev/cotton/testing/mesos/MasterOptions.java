package dev.cotton.testing.mesos;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a simulated master is started; the defaults are those of Mesos.
 *
 * @param heartbeatInterval how often each subscribed framework gets a HEARTBEAT
 * @param allocationInterval how often free resources are offered
 * @param offerTimeout after which unanswered offers are rescinded; never when empty
 * @param agentPingTimeout how long a ping of an agent may stay unanswered
 * @param maxAgentPingTimeouts so many of them make an agent unreachable
 * @param credentials secrets by principal; frameworks need not authenticate when there are none
 * @param domain in which the master is; without it agents of all regions are local
 */
public record MasterOptions(
        Duration heartbeatInterval,
        Duration allocationInterval,
        Optional<Duration> offerTimeout,
        Duration agentPingTimeout,
        int maxAgentPingTimeouts,
        Map<String, String> credentials,
        Optional<AgentOptions.Domain> domain) {

    /** What {@code mesos-master} does when started without options. */
    public static MasterOptions mesosDefaults() {
        return new MasterOptions(
                Duration.ofSeconds(15),
                Duration.ofSeconds(1),
                Optional.empty(),
                Duration.ofSeconds(15),
                5,
                Map.of(),
                Optional.empty());
    }

    /** The same protocol, faster: allocation every 50 ms, heartbeats every second, agents unreachable after 1.5 s. */
    public static MasterOptions forTests() {
        return mesosDefaults()
                .withAllocationInterval(Duration.ofMillis(50))
                .withHeartbeatInterval(Duration.ofSeconds(1))
                .withAgentPings(Duration.ofMillis(500), 3);
    }

    /** These options with another interval between heartbeats. */
    public MasterOptions withHeartbeatInterval(Duration interval) {
        return new MasterOptions(
                interval,
                allocationInterval,
                offerTimeout,
                agentPingTimeout,
                maxAgentPingTimeouts,
                credentials,
                domain);
    }

    /** These options with another interval between allocations. */
    public MasterOptions withAllocationInterval(Duration interval) {
        return new MasterOptions(
                heartbeatInterval, interval, offerTimeout, agentPingTimeout, maxAgentPingTimeouts, credentials, domain);
    }

    /** These options with offers that are rescinded after {@code timeout}. */
    public MasterOptions withOfferTimeout(Duration timeout) {
        return new MasterOptions(
                heartbeatInterval,
                allocationInterval,
                Optional.of(timeout),
                agentPingTimeout,
                maxAgentPingTimeouts,
                credentials,
                domain);
    }

    /** These options with agents that are unreachable after {@code timeouts} times {@code timeout}. */
    public MasterOptions withAgentPings(Duration timeout, int timeouts) {
        return new MasterOptions(
                heartbeatInterval, allocationInterval, offerTimeout, timeout, timeouts, credentials, domain);
    }

    /** These options with basic authentication of frameworks: secrets by principal. */
    public MasterOptions withCredentials(Map<String, String> secrets) {
        return new MasterOptions(
                heartbeatInterval,
                allocationInterval,
                offerTimeout,
                agentPingTimeout,
                maxAgentPingTimeouts,
                Map.copyOf(secrets),
                domain);
    }

    /** These options with the master in a fault domain. */
    public MasterOptions withDomain(String region, String zone) {
        return new MasterOptions(
                heartbeatInterval,
                allocationInterval,
                offerTimeout,
                agentPingTimeout,
                maxAgentPingTimeouts,
                credentials,
                Optional.of(new AgentOptions.Domain(region, zone)));
    }

    Duration agentUnreachableAfter() {
        return agentPingTimeout.multipliedBy(maxAgentPingTimeouts);
    }
}
