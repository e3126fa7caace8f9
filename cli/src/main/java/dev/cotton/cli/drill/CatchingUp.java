package dev.cotton.cli.drill;

import dev.cotton.cli.client.Instance;
import dev.cotton.cli.writers.Database;
import dev.cotton.cli.writers.Ledger;
import dev.cotton.cli.writers.Verdict;
import java.sql.SQLException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what members hold. A replica may still have to execute what it has received, and is given time as long as it does.
 *
 * @param first the id of the first row that counts
 */
record CatchingUp(Database database, long first) {
    private static final Duration LOOK = Duration.ofMillis(250);

    /** Without one more row, or without an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * The rows of one member, once it has all that are expected or has got no more for a while.
     *
     * @return empty when they cannot be read
     */
    Optional<Verdict.Rows> rows(Instance member, BitSet expected) throws InterruptedException {
        Optional<Verdict.Rows> rows = Optional.empty();
        int held = -1;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0) {
            Optional<Verdict.Rows> now = read(member);
            if (now.isPresent()) {
                rows = now;
                if (Verdict.of(expected, Map.of(member.id(), now.get())).clean()) {
                    return rows;
                }
            }
            int count = now.map(found -> found.once().cardinality()).orElse(held);
            if (count > held) {
                held = count;
                deadline = System.nanoTime() + PATIENCE.toNanos();
            }
            Thread.sleep(LOOK);
        }
        return rows;
    }

    private Optional<Verdict.Rows> read(Instance member) {
        try {
            return Optional.of(Ledger.rows(database, member.mysqlEndpoint().orElseThrow(), first));
        } catch (SQLException notNow) {
            return Optional.empty();
        }
    }
}
