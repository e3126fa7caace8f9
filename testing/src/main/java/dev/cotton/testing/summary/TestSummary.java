package dev.cotton.testing.summary;

import dev.cotton.testing.summary.TestOutcome.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The end of a test run: what failed, what was skipped and why, and last of all one line with the numbers.
 *
 * @param outcomes every test case of the run
 * @param allowed what may be skipped
 */
public record TestSummary(List<TestOutcome> outcomes, AllowedSkips allowed) {

    /** Copies the outcomes. */
    public TestSummary {
        outcomes = List.copyOf(outcomes);
    }

    /**
     * Prints the summary of the reports below the first argument, with the list of allowed skips in the second, and exits
     * with 1 unless all is well.
     *
     * @throws IOException when reports or list cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        TestSummary summary =
                new TestSummary(TestReports.read(Path.of(arguments[0])), AllowedSkips.read(Path.of(arguments[1])));
        summary.lines().forEach(System.out::println);
        System.exit(summary.isSuccess() ? 0 : 1);
    }

    /** Whether something passed, nothing failed, and nothing was skipped but what may be. */
    public boolean isSuccess() {
        return count(Result.PASSED) > 0
                && count(Result.FAILED) == 0
                && outcomes.stream()
                        .filter(outcome -> outcome.result() == Result.SKIPPED)
                        .allMatch(allowed::allows);
    }

    /** The summary for people; the line with the numbers is the last. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (TestOutcome outcome : outcomes) {
            switch (outcome.result()) {
                case PASSED -> {
                    // The numbers say enough.
                }
                case FAILED -> lines.add("FAILED   " + described(outcome));
                case SKIPPED ->
                    lines.add((allowed.allows(outcome) ? "skipped  " : "SKIPPED, which is not allowed  ")
                            + described(outcome));
            }
        }
        lines.add(count(Result.PASSED) + " passed, " + count(Result.FAILED) + " failed, " + count(Result.SKIPPED)
                + " skipped");
        return lines;
    }

    private long count(Result result) {
        return outcomes.stream().filter(outcome -> outcome.result() == result).count();
    }

    private static String described(TestOutcome outcome) {
        String firstLine = outcome.reason().lines().findFirst().orElse("");
        return firstLine.isEmpty() ? outcome.name() : outcome.name() + ": " + firstLine;
    }
}
