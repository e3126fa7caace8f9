package dev.cotton.cli.view;

import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Instance;
import dev.cotton.cli.terminal.Paint;
import dev.cotton.cli.terminal.Spans;
import dev.cotton.cli.terminal.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Clusters, one in a row. */
public final class ClusterTable {
    private ClusterTable() {}

    /** Live clusters as of {@code now}. */
    public static String live(List<Cluster> clusters, Instant now, Paint paint) {
        if (clusters.isEmpty()) {
            return "There are no clusters. Create one with: cotton create <name>\n";
        }
        Table table = new Table("NAME", "STATE", "IN SYNC", "PRIMARY", "ADDRESS", "AGE");
        for (Cluster cluster : clusters) {
            table.row(
                    cluster.name(),
                    StateText.cluster(cluster.state(), paint),
                    cluster.inSync().members().size() + " of " + cluster.spec().instances(),
                    cluster.primary().orElse("-"),
                    cluster.primaryInstance().flatMap(Instance::mysqlEndpoint).orElse("-"),
                    Spans.rough(Duration.between(cluster.createdAt(), now)));
        }
        return table.text(paint);
    }

    /** Deleted clusters as of {@code now}. */
    public static String bin(List<Cluster> clusters, Instant now, Paint paint) {
        if (clusters.isEmpty()) {
            return "The bin is empty.\n";
        }
        Table table = new Table("IN THE BIN", "INSTANCES", "DATA KEPT FOR");
        for (Cluster cluster : clusters) {
            table.row(
                    cluster.name(),
                    Integer.toString(cluster.spec().instances()),
                    cluster.binnedUntil()
                            .map(until -> Spans.rough(atLeastZero(Duration.between(now, until))))
                            .orElse("-"));
        }
        return table.text(paint);
    }

    private static Duration atLeastZero(Duration span) {
        return span.isNegative() ? Duration.ZERO : span;
    }
}
