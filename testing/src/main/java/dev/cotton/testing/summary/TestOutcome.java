package dev.cotton.testing.summary;

/**
 * How one test case ended.
 *
 * @param name class and method, for instance {@code dev.cotton.GtidSetTest.unites}; the class alone when all of it was
 *     skipped at once
 * @param result what became of it
 * @param reason the message that came with a failure or skip, empty for a test that passed
 */
public record TestOutcome(String name, Result result, String reason) {

    /** What became of a test. */
    public enum Result {
        /** It ran and nothing was wrong. */
        PASSED,
        /** An assertion did not hold, or it ended with an exception. */
        FAILED,
        /** It did not run. */
        SKIPPED
    }
}
