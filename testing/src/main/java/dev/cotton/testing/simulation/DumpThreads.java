package dev.cotton.testing.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A server as a source: whom it lets in, and who is attached as far as it knows. */
final class DumpThreads {
    // On disk.
    private final Set<Integer> unlocked = new HashSet<>();
    // Gone with the process.
    private final List<Connection> connections = new ArrayList<>();

    /** Account locks are data: a copy has them too. */
    void copy(Set<Integer> slots) {
        unlocked.clear();
        unlocked.addAll(slots);
    }

    Set<Integer> unlocked() {
        return Set.copyOf(unlocked);
    }

    boolean letsIn(int slot) {
        return unlocked.contains(slot);
    }

    void lockAllBut(Set<Integer> slots) {
        unlocked.retainAll(slots);
    }

    /** Ends what is attached with a locked account: the lock alone does not. */
    void killLocked() {
        connections.stream()
                .filter(connection -> connection.dumps() && !letsIn(connection.slot))
                .toList()
                .forEach(connection -> connection.endDump(true));
    }

    void unlock(Set<Integer> slots) {
        unlocked.addAll(slots);
    }

    /** A replica that comes again takes the place of what it left behind. */
    void add(Connection connection) {
        connections.removeIf(other -> !other.dumps() || other.replica.equals(connection.replica));
        connections.add(connection);
    }

    void endAll(boolean farewell) {
        List<Connection> ended = List.copyOf(connections);
        connections.clear();
        ended.forEach(connection -> connection.endDump(farewell));
    }

    Set<Integer> attachedSlots() {
        return connections.stream()
                .filter(Connection::dumps)
                .map(connection -> connection.slot)
                .collect(Collectors.toSet());
    }

    /** Semi-sync replicas that it counts, whatever they have received. */
    int clients() {
        return (int) connections.stream()
                .filter(connection -> connection.dumps() && connection.acks)
                .count();
    }
}
