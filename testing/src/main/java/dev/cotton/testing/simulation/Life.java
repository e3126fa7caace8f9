package dev.cotton.testing.simulation;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a life is repeated from.
 *
 * @param kept the only faults that strike; absent for all that the seed brings
 */
public record Life(long seed, Optional<SortedSet<Fault>> kept) {
    public Life {
        kept = kept.map(faults -> Collections.unmodifiableSortedSet(new TreeSet<>(faults)));
    }

    /** With all faults that the seed brings. */
    public static Life of(long seed) {
        return new Life(seed, Optional.empty());
    }

    /** The same life with these faults only. */
    Life with(Collection<Fault> faults) {
        return new Life(seed, Optional.of(new TreeSet<>(faults)));
    }

    boolean spares(Fault fault) {
        return kept.filter(faults -> !faults.contains(fault)).isPresent();
    }

    /** Reads what {@link #toString} gives: {@code 4636}, or {@code 4636:E3,M12}. */
    public static Life parse(String text) {
        String[] parts = text.split(":", 2);
        long seed = Long.parseLong(parts[0]);
        return parts.length == 1
                ? of(seed)
                : of(seed).with(Arrays.stream(parts[1].split(","))
                        .filter(fault -> !fault.isEmpty())
                        .map(Fault::parse)
                        .toList());
    }

    @Override
    public String toString() {
        return seed
                + kept.map(faults -> faults.stream().map(Fault::toString).collect(Collectors.joining(",", ":", "")))
                        .orElse("");
    }
}
