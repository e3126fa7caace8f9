package dev.cotton.testing.simulation;

import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Virtual time: what happens next, and what was told of it. Deterministic for a seed. */
final class Timeline {
    private record Due(long at, long order, Runnable what) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final Optional<StringBuilder> story;
    private final RandomGenerator random;
    private long now;
    private long order;

    /** @param told whether there is a story; it costs time */
    Timeline(long seed, boolean told) {
        story = told ? Optional.of(new StringBuilder()) : Optional.empty();
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** Milliseconds since the beginning. */
    long now() {
        return now;
    }

    /** Whether something of that probability happens now. */
    boolean chance(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    /** A number from 0 to {@code bound}, the latter excluded. */
    int number(int bound) {
        return random.nextInt(bound);
    }

    /** A number from 0 to 1. */
    double fraction() {
        return random.nextDouble();
    }

    /** Has {@code what} happen after {@code from} to {@code to} milliseconds. */
    void after(long from, long to, Runnable what) {
        due.add(new Due(now + from + (to > from ? random.nextLong(to - from) : 0), order++, what));
    }

    /** Has {@code what} happen again and again, {@code from} to {@code to} milliseconds apart. */
    void every(long from, long to, Runnable what) {
        after(from, to, () -> {
            what.run();
            every(from, to, what);
        });
    }

    /** Lets the next thing happen. */
    void step() {
        Due next = due.remove();
        now = next.at();
        next.what().run();
    }

    void tell(Supplier<String> sentence) {
        story.ifPresent(text -> text.append("%,9d ms  %s%n".formatted(now, sentence.get())));
    }

    /** Everything that was told; empty when there is no story. */
    String story() {
        return story.map(StringBuilder::toString).orElse("");
    }
}
