package dev.cotton.core.port;

import java.util.OptionalDouble;

/** Told how far a long piece of work is. Implementations return soon and are safe for use by several threads. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress SILENT = (_, _) -> {};

    /**
     * @param step what is being done, a short sentence without a full stop; repeated while the same step goes on
     * @param fraction how much of this step is done, from 0 to 1; empty when that is not known
     */
    void report(String step, OptionalDouble fraction);

    /** Reports a step of which no fraction is known. */
    default void report(String step) {
        report(step, OptionalDouble.empty());
    }
}
