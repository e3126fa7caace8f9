package dev.cotton.testing.simulation;

import java.util.SortedSet;
import java.util.regex.Pattern;

/**
 * How a life failed.
 *
 * @param struck the faults that had struck by then
 * @param at virtual time, in milliseconds
 * @param what is broken, a sentence
 * @param story of that life, from its beginning
 */
public record Failure(Life life, SortedSet<Fault> struck, long at, String what, String story) {
    private static final Pattern DETAILS = Pattern.compile("[:\\[0-9].*", Pattern.DOTALL);

    /** What is broken without the details: a letter of {@code docs/invariants.md}, or the beginning of a sentence. */
    public String rule() {
        return DETAILS.matcher(what).replaceFirst("").strip();
    }

    /** Whether an invariant is broken, rather than that peace does not come. */
    public boolean breaksAnInvariant() {
        return rule().length() == 1;
    }

    /** What to repeat it from. */
    private Life again() {
        return life.kept().isPresent() ? life.with(struck) : life;
    }

    @Override
    public String toString() {
        return "Seed %d at %d ms: %s%n%sTo repeat it: -Dcotton.simulation.life=%s%n"
                .formatted(life.seed(), at, what, story, again());
    }
}
