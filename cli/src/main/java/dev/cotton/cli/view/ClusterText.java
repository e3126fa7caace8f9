package dev.cotton.cli.view;

import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Instance;
import dev.cotton.cli.client.Operation;
import dev.cotton.cli.terminal.Paint;
import dev.cotton.cli.terminal.Spans;
import dev.cotton.cli.terminal.Table;
import dev.cotton.core.model.DataSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One cluster with all that is known of it. */
public final class ClusterText {
    private ClusterText() {}

    /** As of {@code now}. */
    public static String of(Cluster cluster, Instant now, Paint paint) {
        StringBuilder text = new StringBuilder();
        text.append(paint.bold(cluster.name()))
                .append(" is ")
                .append(StateText.cluster(cluster.state(), paint))
                .append(": ")
                .append(cluster.why())
                .append("\n\n");
        line(text, "asked for", wanted(cluster));
        placement(cluster.spec().placement()).ifPresent(place -> line(text, "placement", place));
        line(text, "durability", durability(cluster));
        cluster.primaryInstance()
                .flatMap(Instance::mysqlEndpoint)
                .ifPresent(address -> line(
                        text,
                        "address",
                        address + " (the primary; user " + cluster.spec().user() + ")"));
        line(text, "discovery", cluster.clusterUrl());
        line(text, "age", Spans.rough(Duration.between(cluster.createdAt(), now)));
        cluster.backups().ifPresent(standing -> line(text, "backups", BackupText.standing(standing, now)));
        cluster.running().ifPresent(operation -> line(text, "going on", goingOn(operation)));
        return text.append('\n')
                .append(instances(cluster, paint))
                .append(remarks(cluster))
                .toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("  ")
                .append(name)
                .repeat(' ', 12 - name.length())
                .append(value)
                .append('\n');
    }

    private static String wanted(Cluster cluster) {
        Cluster.Size size = cluster.spec().size();
        int count = cluster.spec().instances();
        return count + (count == 1 ? " instance of " : " instances of ") + size.cpus() + " cpus, " + size.mem()
                + " memory, " + size.disk() + " disk" + options(cluster.spec().options());
    }

    /** What is not as usual. */
    private static Optional<String> placement(Cluster.Placement placement) {
        String text = Stream.of(
                        placement.role().map(role -> "role " + role),
                        Optional.of("mount disks")
                                .filter(_ -> placement.diskType().equals("mount")),
                        Optional.of("instances may share hosts").filter(_ -> placement.shareHosts()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return Optional.of(text).filter(any -> !any.isEmpty());
    }

    private static String options(Map<String, String> options) {
        return options.isEmpty()
                ? ""
                : new TreeMap<>(options)
                        .entrySet().stream()
                                .map(option -> option.getKey() + "=" + option.getValue())
                                .collect(Collectors.joining(", ", "; ", ""));
    }

    private static String durability(Cluster cluster) {
        int acks = cluster.inSync().ackCount();
        return cluster.spec().durability()
                + switch (acks) {
                    case 0 -> " (no replica has to have a commit before it is acknowledged)";
                    case 1 -> " (a commit is acknowledged once a replica has it too)";
                    default -> " (a commit is acknowledged once " + acks + " replicas have it too)";
                };
    }

    private static String goingOn(Operation operation) {
        long done = operation.steps().stream().filter(Operation.Step::isDone).count();
        return operation.kind() + ", step "
                + Math.min(done + 1, operation.steps().size()) + " of "
                + operation.steps().size() + ": " + operation.why();
    }

    private static String instances(Cluster cluster, Paint paint) {
        Table table = new Table("INSTANCE", "ROLE", "STAGE", "SERVER", "ADDRESS", "HOST", "LAG", "MEMORY", "DISK");
        for (Instance instance : cluster.instances()) {
            table.row(
                    instance.id(),
                    instance.role(),
                    StateText.stage(instance.stage(), paint),
                    instance.report().map(Instance.Report::lifecycle).orElse("not heard of"),
                    instance.mysqlEndpoint().orElse("-"),
                    instance.place().map(Instance.Place::host).orElse("-"),
                    instance.lag().map(Spans::of).orElse("-"),
                    instance.report()
                            .map(Instance.Report::memory)
                            .map(ClusterText::rounded)
                            .orElse("-"),
                    instance.report()
                            .map(Instance.Report::diskUsed)
                            .map(ClusterText::rounded)
                            .orElse("-"));
        }
        return table.text(paint);
    }

    /** In megabytes; what cannot be read is left as it is. */
    private static String rounded(String size) {
        try {
            return DataSize.parse(size).megabytes() + "mb";
        } catch (IllegalArgumentException unknown) {
            return size;
        }
    }

    private static String remarks(Cluster cluster) {
        List<String> remarks = cluster.instances().stream()
                .filter(instance -> !instance.remark().isEmpty())
                .map(instance -> "  " + instance.id() + ": " + instance.remark() + "\n")
                .toList();
        return remarks.isEmpty() ? "" : "\n" + String.join("", remarks);
    }
}
