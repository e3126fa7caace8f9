package dev.cotton.cli.writers;

import dev.cotton.cli.writers.Insert.Reign;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

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

    /** Adds the ids that were acknowledged to {@code known}. */
    public void addAcknowledgedTo(BitSet known) {
        acknowledged().forEach(insert -> known.set(Math.toIntExact(insert.id())));
    }

    /**
     * A time in which nothing was acknowledged, between two instants of {@link System#nanoTime}.
     *
     * @param over whether a write was acknowledged at its end
     */
    public record Gap(long begun, long ended, boolean over) {
        public Duration span() {
            return Duration.ofNanos(ended - begun);
        }
    }

    /**
     * The longest time without an acknowledged write that ended after an instant. It begins with the last acknowledged
     * write before it, or with the instant when there is none.
     *
     * @param fault instant of {@link System#nanoTime}
     * @param end until when was written
     */
    public Gap longestGap(long fault, long end) {
        Gap longest = new Gap(fault, fault, false);
        long last = fault;
        boolean any = false;
        for (Insert insert : acknowledged()) {
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
    public OptionalLong firstOfAnotherServer(long fault) {
        Optional<Reign> before = acknowledged().stream()
                .filter(insert -> insert.ended() <= fault)
                .reduce((former, latter) -> latter)
                .map(Insert::reign);
        return inserts.stream()
                .filter(insert -> insert.begun() > fault)
                .filter(insert -> before.filter(
                                reign -> !reign.server().equals(insert.reign().server()))
                        .isPresent())
                .mapToLong(Insert::begun)
                .min();
    }

    private static Gap longer(Gap known, Gap other) {
        return other.span().compareTo(known.span()) > 0 ? other : known;
    }

    /**
     * Pairs of servers of which neither can have acknowledged its last write before the other acknowledged its first one.
     * An acknowledgement was given at some time between the beginning and the end of its insert.
     */
    public List<String> overlaps() {
        Map<Reign, Span> spans = new LinkedHashMap<>();
        acknowledged().forEach(insert -> spans.merge(insert.reign(), Span.of(insert), Span::with));
        List<Map.Entry<Reign, Span>> all = List.copyOf(spans.entrySet());
        List<String> overlaps = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                Reign one = all.get(i).getKey();
                Reign other = all.get(j).getKey();
                if (!one.server().equals(other.server())
                        && !all.get(i).getValue().canPrecede(all.get(j).getValue())
                        && !all.get(j).getValue().canPrecede(all.get(i).getValue())) {
                    overlaps.add(one.instance() + " (epoch " + one.epoch() + ") and " + other.instance() + " (epoch "
                            + other.epoch() + ") acknowledged writes at the same time");
                }
            }
        }
        return overlaps;
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
