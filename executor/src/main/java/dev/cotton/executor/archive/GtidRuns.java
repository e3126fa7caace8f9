package dev.cotton.executor.archive;

import dev.cotton.core.model.GtidSet;
import dev.cotton.executor.binlog.Gtid;

/** Collects the GTIDs of a log, which mostly come one after the other. For one thread. */
final class GtidRuns {
    private final StringBuilder runs = new StringBuilder();
    private String source = "";
    private long first;
    private long last;

    void add(Gtid gtid) {
        if (gtid.source().equals(source) && gtid.number() == last + 1) {
            last++;
            return;
        }
        end();
        source = gtid.source();
        first = gtid.number();
        last = first;
    }

    private void end() {
        if (!source.isEmpty()) {
            runs.append(source)
                    .append(':')
                    .append(first)
                    .append('-')
                    .append(last)
                    .append(',');
        }
        source = "";
    }

    /** All that were added. */
    GtidSet set() {
        end();
        return GtidSet.parse(runs.toString());
    }
}
