package dev.cotton.testing.simulation;

import java.util.Comparator;

/**
 * One thing that goes wrong in a life.
 *
 * @param number counts those of its kind in that life, from 0
 */
public record Fault(Kind kind, int number) implements Comparable<Fault> {
    private static final Comparator<Fault> ORDER =
            Comparator.comparing(Fault::kind).thenComparingInt(Fault::number);

    /** Where it strikes. */
    public enum Kind {
        /** At some time. */
        EVENT,
        /** Between two steps of somebody. */
        STEP,
        /** On the way of a message. */
        MESSAGE;

        private String letter() {
            return name().substring(0, 1);
        }

        private static Kind of(String letter) {
            for (Kind kind : values()) {
                if (kind.letter().equals(letter)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("'" + letter + "' is no kind of fault.");
        }
    }

    /** Reads what {@link #toString} gives. */
    static Fault parse(String text) {
        return new Fault(Kind.of(text.substring(0, 1)), Integer.parseInt(text.substring(1)));
    }

    @Override
    public int compareTo(Fault other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind.letter() + number;
    }
}
