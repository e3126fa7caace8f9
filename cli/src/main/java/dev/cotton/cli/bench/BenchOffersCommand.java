package dev.cotton.cli.bench;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.terminal.Paint;
import dev.cotton.cli.terminal.Table;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code cotton bench offers}. */
@Command(
        name = "offers",
        description =
                "Measure how long it takes to match waiting instances with what the agents of a fleet offer, and how"
                        + " that grows. Starts nothing.")
public final class BenchOffersCommand implements Runnable {
    private static final double LIMIT_SECONDS = 1;

    @Option(names = "--agents", paramLabel = "N", description = "Agents that offer something (default: 10000).")
    private int agents = 10_000;

    @Option(names = "--instances", paramLabel = "N", description = "Instances that wait for a place (default: 1000).")
    private int instances = 1_000;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each measurement (default: 5).")
    private int rounds = 5;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;
    private final OffersMeasurement measurement;

    public BenchOffersCommand(Shell shell, OffersMeasurement measurement) {
        this.shell = shell;
        this.measurement = measurement;
    }

    @Override
    public void run() {
        if (agents < 10 || agents > 100_000 || instances < 10 || instances > 100_000 || rounds < 1) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--agents and --instances are from 10 to 100000, and --rounds at least 1. Nothing was measured.");
        }
        List<OffersMeasurement.Measured> all = Stream.of(
                        new int[] {agents / 10, instances},
                        new int[] {agents, instances / 10},
                        new int[] {agents, instances})
                .map(size -> measurement.measure(size[0], size[1], rounds))
                .toList();
        output.write(shell, json(all), paint -> text(all, paint));
    }

    private static ObjectNode json(List<OffersMeasurement.Measured> all) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        ArrayNode sizes = json.putArray("offers");
        all.forEach(measured -> sizes.addObject()
                .put("agents", measured.agents())
                .put("instances", measured.instances())
                .put("matched", measured.matched())
                .set("cotton", measured.samples().json()));
        json.putArray("targets")
                .addObject()
                .put("what", "seconds for all")
                .put("limit", LIMIT_SECONDS)
                .put("measured", Samples.rounded(all.getLast().samples().median()))
                .put("met", met(all));
        return json;
    }

    private static boolean met(List<OffersMeasurement.Measured> all) {
        return Samples.seconds(all.getLast().samples().median()) <= LIMIT_SECONDS;
    }

    private static String text(List<OffersMeasurement.Measured> all, Paint paint) {
        Table table = new Table("AGENTS", "INSTANCES", "MATCHED", "MEDIAN", "P95", "MAX");
        all.forEach(measured -> table.row(
                Integer.toString(measured.agents()),
                Integer.toString(measured.instances()),
                Integer.toString(measured.matched()),
                seconds(measured.samples().median()),
                seconds(measured.samples().p95()),
                seconds(measured.samples().max())));
        return "\nSeconds to match instances with agents, on one core\n\n" + table.text(paint)
                + (met(all) ? "" : paint.red("\nThe last one is to take at most " + LIMIT_SECONDS + " s (missed).\n"));
    }

    private static String seconds(Duration span) {
        return String.format(Locale.ROOT, "%.3f", Samples.seconds(span));
    }
}
