package dev.cotton.cli.writers;

import dev.cotton.cli.writers.Insert.Reign;
import java.time.Duration;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the writers of one round attempted and were told.
 *
 * @param inserts in the order in which they ended
 */
public record History(List<Insert> inserts) {
    public History {
        inserts =
                inserts.stream().sorted(Comparator.comparingLong(Insert::ended)).toList();
    }

    public List<Insert> acknowledged() {
        return inserts.stream().filter(Insert::acknowledged).toList();
    }

    /** What writers were told OK for that go wherever the primary is: what clients see of the cluster. */
    public List<Insert> acknowledgedToFollowers() {
        return acknowledged().stream().filter(Insert::ofFollower).toList();
    }

    /** How often a server refused to write for a client that stays with it. */
    public long refusedToStayers() {
        return inserts.stream()
                .filter(insert -> !insert.ofFollower() && !insert.acknowledged())
                .count();
    }

    /** Adds the ids that were acknowledged to {@code known}. */
    public void addAcknowledgedTo(BitSet known) {
        acknowledged().forEach(insert -> known.set(Math.toIntExact(insert.id())));
    }

    /**
     * A time in which nothing was acknowledged, between two instants of {@link System#nanoTime} or, after {@link #since}, between
     * two times counted from another.
     *
     * @param over whether a write was acknowledged at its end
     */
    public record Gap(long begun, long ended, boolean over) {
        public Duration span() {
            return Duration.ofNanos(ended - begun);
        }

        /** The same, counted from an instant. */
        public Gap since(long instant) {
            return new Gap(begun - instant, ended - instant, over);
        }
    }

    /**
     * The longest time without a write acknowledged to a follower that ended after an instant and began before another one. It
     * begins with the last acknowledged write before it, or with the instant when there is none.
     *
     * @param fault instant of {@link System#nanoTime}
     * @param end until when was written, or sooner
     */
    public Gap longestGap(long fault, long end) {
        Gap longest = new Gap(fault, fault, false);
        long last = fault;
        boolean any = false;
        for (Insert insert : acknowledgedToFollowers()) {
            if (any && last >= end) {
                return longest;
            }
            if (insert.ended() > fault) {
                longest = longer(longest, new Gap(last, insert.ended(), true));
            }
            last = insert.ended();
            any = true;
        }
        return any && last >= end ? longest : longer(longest, new Gap(Math.max(last, fault), end, false));
    }

    /**
     * When a write was first sent to another server than the one that acknowledged the last write before an instant.
     *
     * @param fault instant of {@link System#nanoTime}
     */
    public OptionalLong firstSentToAnotherServer(long fault) {
        return elsewhere(fault).mapToLong(Insert::begun).min();
    }

    /** When the first of those was acknowledged. */
    public OptionalLong firstAcknowledgedByAnotherServer(long fault) {
        return elsewhere(fault)
                .filter(Insert::acknowledged)
                .mapToLong(Insert::ended)
                .min();
    }

    private Stream<Insert> elsewhere(long fault) {
        Optional<Reign> before = acknowledgedToFollowers().stream()
                .filter(insert -> insert.ended() <= fault)
                .reduce((former, latter) -> latter)
                .map(Insert::reign);
        return inserts.stream()
                .filter(insert -> insert.ofFollower() && insert.begun() > fault)
                .filter(insert -> before.filter(
                                reign -> !reign.server().equals(insert.reign().server()))
                        .isPresent());
    }

    private static Gap longer(Gap known, Gap other) {
        return other.span().compareTo(known.span()) > 0 ? other : known;
    }

    /**
     * Servers that acknowledged at the same time: neither can have acknowledged its last write of one reign before the other
     * acknowledged its first one. An acknowledgement was given at some time between the beginning and the end of its
     * insert. Every write of a client that stays with its server counts as a reign of its own.
     */
    public List<String> overlaps() {
        Map<Reign, Span> reigns = new LinkedHashMap<>();
        acknowledgedToFollowers().forEach(insert -> reigns.merge(insert.reign(), Span.of(insert), Span::with));
        Set<String> overlaps = new LinkedHashSet<>();
        List<Reign> all = List.copyOf(reigns.keySet());
        for (Reign one : all) {
            all.subList(all.indexOf(one) + 1, all.size())
                    .forEach(other -> compare(one, span(reigns, one), other, span(reigns, other))
                            .ifPresent(overlaps::add));
            acknowledged().stream()
                    .filter(insert -> !insert.ofFollower())
                    .forEach(insert -> compare(one, span(reigns, one), insert.reign(), Span.of(insert))
                            .ifPresent(overlaps::add));
        }
        return List.copyOf(overlaps);
    }

    private static Span span(Map<Reign, Span> reigns, Reign reign) {
        return Objects.requireNonNull(reigns.get(reign));
    }

    private static Optional<String> compare(Reign one, Span first, Reign other, Span second) {
        return one.server().equals(other.server()) || first.canPrecede(second) || second.canPrecede(first)
                ? Optional.empty()
                : Optional.of(one + " and " + other + " acknowledged writes at the same time");
    }

    private record Span(long firstEnd, long lastBegin) {
        static Span of(Insert insert) {
            return new Span(insert.ended(), insert.begun());
        }

        Span with(Span other) {
            return new Span(Math.min(firstEnd, other.firstEnd), Math.max(lastBegin, other.lastBegin));
        }

        boolean canPrecede(Span other) {
            return lastBegin <= other.firstEnd;
        }
    }
}
