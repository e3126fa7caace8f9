package dev.cotton.testing.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The commits of a primary that wait for acks. Gone with the process; in the binlog they stay. */
final class WaitingCommits {
    /** @param ackers ordinals of the replicas that have acknowledged it */
    record Commit(long number, boolean heartbeat, Set<Integer> ackers) {}

    private final List<Commit> commits = new ArrayList<>();

    int size() {
        return commits.size();
    }

    void clear() {
        commits.clear();
    }

    void add(long number, boolean heartbeat) {
        commits.add(new Commit(number, heartbeat, new HashSet<>()));
    }

    /** The number of the last commit before those that wait. */
    long before(long last) {
        return commits.stream().mapToLong(Commit::number).min().orElse(last + 1) - 1;
    }

    /** An ack serves for all commits up to that number. */
    void acknowledged(int replica, long upTo) {
        commits.stream()
                .filter(commit -> commit.number() <= upTo)
                .forEach(commit -> commit.ackers().add(replica));
    }

    /** Clients of those that have as many acks are told. */
    void release(int acks, Consumer<Commit> told) {
        commits.removeIf(commit -> {
            boolean enough = commit.ackers().size() >= acks;
            if (enough) {
                told.accept(commit);
            }
            return enough;
        });
    }
}
