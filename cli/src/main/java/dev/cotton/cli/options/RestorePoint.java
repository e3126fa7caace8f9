package dev.cotton.cli.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** How far what was committed after a backup is done again. */
public final class RestorePoint {
    @Option(
            names = "--to-time",
            paramLabel = "TIME",
            description =
                    "Do again what was committed after the backup, until that time, for instance"
                            + " 2026-12-31T23:59:00Z; latest for all of it. Without one of these options the data are those of the backup.")
    private Optional<String> time = Optional.empty();

    @Option(
            names = "--to-gtid",
            paramLabel = "GTID",
            description = "Do again what was committed after the backup, up to that transaction, with it.")
    private Optional<String> through = Optional.empty();

    @Option(
            names = "--before-gtid",
            paramLabel = "GTID",
            description = "Do again what was committed after the backup and before that transaction.")
    private Optional<String> before = Optional.empty();

    @Option(
            names = "--skip-gtid",
            paramLabel = "GTID",
            description =
                    "Leave that transaction out, and do again what follows it. May be given several times, and with each"
                            + " of the others.")
    private List<String> skip = new ArrayList<>();

    /** Adds what was given to a {@code FromBackup} of the REST interface. */
    public ObjectNode addTo(ObjectNode from) {
        time.ifPresent(given -> from.put("toTime", given));
        through.ifPresent(given -> from.put("toGtid", given));
        before.ifPresent(given -> from.put("beforeGtid", given));
        if (!skip.isEmpty()) {
            from.put("skipGtid", String.join(",", skip));
        }
        return from;
    }

    /** Whether anything was given. */
    public boolean isGiven() {
        return time.isPresent() || through.isPresent() || before.isPresent() || !skip.isEmpty();
    }
}
