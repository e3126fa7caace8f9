package dev.cotton.testing.simulation;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Virtual time: what happens next, and what was told of it. Deterministic for a seed. */
final class Timeline {
    private static final int TOLD = 60;

    private record Due(long at, long order, Runnable what) {}

    private record Told(long at, String sentence) {}

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private final Deque<Told> story = new ArrayDeque<>();
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

    void tell(String sentence) {
        story.addLast(new Told(now, sentence));
        if (story.size() > TOLD) {
            story.removeFirst();
        }
    }

    /** The last things that were told. */
    String story() {
        StringBuilder text = new StringBuilder();
        story.forEach(told -> text.append("%,9d ms  %s%n".formatted(told.at(), told.sentence())));
        return text.toString();
    }
}
