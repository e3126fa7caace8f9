package dev.cotton.cli.drill;

import static dev.cotton.cli.drill.DrillPage.grouped;

import dev.cotton.cli.writers.Verdict;

/** What a page says about how the outcome was come to, with the figures of this drill. */
record DrillProof(DrillResult result) {
    String html() {
        long healed = result.rounds().stream()
                .filter(round -> round.trouble().isEmpty())
                .count();
        long doubled = result.rounds().stream()
                        .mapToLong(round -> round.verdict().doubled())
                        .sum()
                + result.atTheEnd().map(Verdict::doubled).orElse(0L);
        long overlaps = result.rounds().stream()
                .mapToLong(round -> round.writes().overlaps().size())
                .sum();
        long refused = result.rounds().stream()
                .mapToLong(round -> round.writes().refusedToStayers())
                .sum();
        return """
                <h2 id="proved">What was proved, and how</h2>
                <p>%s clients wrote to the primary all the time, each row with a number that is never used twice. Every insert was
                noted when it was sent and when it was answered. After each fault, once the cluster was healthy again, the rows of
                every member were read and compared with the notes, and once more at the end for all faults together.</p>
                <ul>
                <li><strong>%s lost, %s doubled.</strong> Every one of the %s rows for which a client was told OK has to be on each
                of the %s members exactly once. A row whose client was told nothing may be there or not, as with any
                database.</li>
                <li><strong>%s times two servers acknowledged at once.</strong> From the notes it follows when each server can have
                said OK, and no two of these times may overlap. So that it would show when a former primary goes on, one more client
                stayed with each member whoever was the primary and asked it to write again and again: they were refused %s
                times.</li>
                <li><strong>%s of %s times the cluster healed by itself</strong>: it was healthy with every member in sync,
                without anybody's help.</li>
                </ul>
                """.formatted(
                        result.setting().writers(),
                        grouped(result.lost()),
                        grouped(doubled),
                        grouped(result.acknowledged()),
                        result.setting().instances(),
                        overlaps,
                        grouped(refused),
                        healed,
                        result.rounds().size());
    }
}
