package dev.cotton.mesos;

import java.util.Set;

/**
 * What may differ between real Mesos and the simulator, and why.
 *
 * <ul>
 *   <li>Ids of masters, frameworks, agents, offers, containers and streams, UUIDs: made up by each; a recorded one always
 *       stands for the same one of the simulator.
 *   <li>Ports, addresses with ports, process ids, timestamps, the time since when an agent is unreachable.
 *   <li>The order of resources, offers, attributes and executor ids in an event, and of resources in messages: that of
 *       hash tables.
 *   <li>HEARTBEATs other than the first: whether one falls between two events is a matter of time.
 *   <li>When free resources are offered without another reason than the interval: once wherever the transcript has it.
 *   <li>The order of events of different kinds that come at the same time.
 *   <li>What follows the first line of "ExecutorInfo is not compatible": both are printed, by Mesos in the text format
 *       of protocol buffers, by the simulator in JSON.
 *   <li>Paths of the laboratory, and container ids in messages.
 *   <li>To which of its roles an agent is offered to a framework that has several: Mesos takes agents in a random order.
 *   <li>An ACKNOWLEDGED that an executor did not read any more, since it exited.
 *   <li>By which signal a shell that was to ignore SIGTERM ends, when it gets the first one within milliseconds after its
 *       start: whether it ignores it by then is a matter of time.
 * </ul>
 *
 * <p>What is not replayed, and why:
 *
 * <ul>
 *   <li>00, the output of a command line tool: there is no request in it.
 *   <li>10b but for its first seconds, 12 and 13: health checks, container images, limits of memory and disk, and task
 *       groups. They are the work of Mesos' own executors, of its containerizer and of the kernel; Cotton has an executor of
 *       its own, and no task of it asks for any of these.
 *   <li>15 but for its JSON: neither Cotton nor the simulator speaks protocol buffers on the wire.
 *   <li>16 but for the scheduler's side and what it meets (health, redirection, the operator's teardown): the other endpoints
 *       are for people and their tools.
 *   <li>The executors' sides but for that of 18: a real executor stands in for the laboratory's, and what it is told shows in
 *       what schedulers hear.
 *   <li>What was done by other programs, such as ZooKeeper's: of masters that elect each other the answers count here.
 * </ul>
 */
final class Allowed {
    private static final Set<String> ROLES_OF_ONE_FRAMEWORK = Set.of("r1", "r2", "r1/sub");

    private Allowed() {}

    /** Whether {@code actual} is as good as {@code expected}. */
    static boolean texts(String expected, String actual) {
        boolean processes = expected.startsWith("pid ") && actual.startsWith("pid ");
        boolean signals = expected.equals("Command terminated with signal Terminated")
                && actual.equals("Command terminated with signal Killed");
        return processes
                || signals
                || (firstLine(expected).equals(firstLine(actual)) && expected.contains("ExecutorInfo:\n"));
    }

    /** Whether an agent may be offered to the role {@code actual} too. */
    static boolean roles(String where, String expected, String actual) {
        return where.endsWith(".allocation_info.role")
                && ROLES_OF_ONE_FRAMEWORK.contains(expected)
                && ROLES_OF_ONE_FRAMEWORK.contains(actual);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
