package dev.cotton.testing.simulation;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Virtual time: what happens next, and what was told of it. Deterministic for a seed. */
final class Timeline {
    private static final int TOLD = 120;

    private record Due(long at, long order, Runnable what) {}

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private final Deque<String> story = new ArrayDeque<>();
    private final RandomGenerator random;
    private long now;
    private long order;

    Timeline(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** Milliseconds since the beginning. */
    long now() {
        return now;
    }

    RandomGenerator random() {
        return random;
    }

    /** Whether something of that probability happens now. */
    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Has {@code what} happen after {@code from} to {@code to} milliseconds. */
    void after(long from, long to, Runnable what) {
        due.add(new Due(now + from + (to > from ? random.nextLong(to - from) : 0), order++, what));
    }

    /** Lets the next thing happen. */
    void step() {
        Due next = due.remove();
        now = next.at();
        next.what().run();
    }

    void tell(String sentence) {
        story.addLast("%,9d ms  %s".formatted(now, sentence));
        if (story.size() > TOLD) {
            story.removeFirst();
        }
    }

    /** The last things that were told. */
    String story() {
        return String.join("\n", story);
    }
}
