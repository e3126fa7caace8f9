package dev.cotton.testing.fake;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Endpoint;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Announced;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What several schedulers share: records, the queue of who may lead, and the term. Thread-safe. */
public final class InMemoryEnsemble {
    private final Map<String, ClusterRecord> records = new TreeMap<>();
    private final Deque<InMemoryLeadership> queue = new ArrayDeque<>();
    private long term;

    /** The current term; 0 before the first election. */
    public synchronized long term() {
        return term;
    }

    synchronized List<ClusterRecord> all() {
        return List.copyOf(records.values());
    }

    /** The record of the cluster with that uid. */
    public synchronized Optional<ClusterRecord> record(String uid) {
        return Optional.ofNullable(records.get(uid));
    }

    synchronized Optional<ClusterRecord> holder(ClusterName name) {
        return records.values().stream()
                .filter(ClusterRecord::holdsName)
                .filter(record -> record.name().equals(name))
                .findFirst();
    }

    synchronized void put(ClusterRecord record) {
        records.put(record.uid(), record);
    }

    synchronized void take(ClusterRecord record) {
        records.remove(record.uid());
    }

    /**
     * All is lost and {@code copy} is there instead, in a term that nobody has led. To be called while nobody leads.
     *
     * @param terms that may have been led since the copy was made
     */
    public synchronized void bringBack(ClusterRecord copy, long terms) {
        records.clear();
        put(copy);
        term += terms;
    }

    /** Who leads, if anybody does. */
    synchronized Optional<InMemoryLeadership> head() {
        return Optional.ofNullable(queue.peekFirst());
    }

    synchronized boolean isQueued(InMemoryLeadership candidate) {
        return queue.contains(candidate);
    }

    void enqueue(InMemoryLeadership candidate) {
        changeQueue(candidate, false);
    }

    void dequeue(InMemoryLeadership candidate) {
        changeQueue(candidate, true);
    }

    private void changeQueue(InMemoryLeadership candidate, boolean leaves) {
        Optional<InMemoryLeadership> elected;
        long next;
        synchronized (this) {
            Optional<InMemoryLeadership> before = head();
            if (leaves) {
                queue.remove(candidate);
            } else {
                queue.addLast(candidate);
            }
            elected = head().filter(Predicate.not(head -> before.equals(Optional.of(head))));
            next = elected.isPresent() ? ++term : term;
        }
        elected.ifPresent(leader -> leader.won(next));
    }

    /** What every client sees of the clusters: path below {@code discover} to data. */
    public synchronized SortedMap<String, String> discovery() {
        SortedMap<String, String> nodes = new TreeMap<>();
        records.values().stream().filter(ClusterRecord::holdsName).forEach(record -> show(record, nodes));
        return nodes;
    }

    private static void show(ClusterRecord record, SortedMap<String, String> nodes) {
        String cluster = record.name().value();
        nodes.put(cluster, "");
        nodes.put(cluster + "/master", "");
        nodes.put(cluster + "/slaves", "");
        List<Member> known = record.recovered().isPresent() ? List.of() : record.members();
        for (Member member : known) {
            if (member.announced() != Announced.NONE) {
                Endpoint endpoint = member.endpoint().orElseThrow();
                boolean primary = member.announced() == Announced.PRIMARY;
                String group = primary ? "/master" : "/slaves";
                nodes.put(
                        "%s%s/member_%010d"
                                .formatted(cluster, group, member.id().ordinal()),
                        "{\"serviceEndpoint\":{\"host\":\"%s\",\"port\":%d},\"additionalEndpoints\":{},\"status\":\"ALIVE\"%s}"
                                .formatted(
                                        endpoint.host(),
                                        endpoint.port(),
                                        primary ? ",\"epoch\":" + record.epoch() : ""));
            }
        }
    }
}
