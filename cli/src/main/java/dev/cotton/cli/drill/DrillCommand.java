package dev.cotton.cli.drill;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.bench.InstanceProcesses;
import dev.cotton.cli.bench.Throwaway;
import dev.cotton.cli.bench.ThrowawayOptions;
import dev.cotton.cli.bench.ThrowawayScheduler;
import dev.cotton.cli.bench.ZooKeeperProgram;
import dev.cotton.cli.bench.ZooKeeperSwitch;
import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Instance;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.command.Confirmation;
import dev.cotton.cli.faults.Lab;
import dev.cotton.cli.faults.Scene;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.machine.Mysql;
import dev.cotton.cli.machine.RunningScheduler;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.up.SchedulerLink;
import dev.cotton.core.port.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code cotton drill}. */
@Command(
        name = "drill",
        description = "Show on this machine that a cluster loses nothing: clients write to a throwaway cluster while"
                + " servers are killed, hang and are switched over; afterwards every member has to have every"
                + " acknowledged row exactly once. Your own clusters are not touched, unless you name one.")
public final class DrillCommand implements Runnable {
    @Mixin
    private final DrillOptions options = new DrillOptions();

    @Mixin
    private final ThrowawayOptions throwaway = new ThrowawayOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;
    private final Mysql mysql;
    private final ZooKeeperProgram zooKeeper;

    public DrillCommand(Shell shell, Mysql mysql, ZooKeeperProgram zooKeeper) {
        this.shell = shell;
        this.mysql = mysql;
        this.zooKeeper = zooKeeper;
    }

    @Override
    public void run() {
        options.check();
        DrillResult result = throwaway.run(shell, mysql, output.format(), this::drill);
        DrillReport report = new DrillReport(result);
        output.write(shell, report.json(), report::text);
        if (!result.passed()) {
            throw new Failure(
                    ExitCode.FAILED, "The drill did not pass: " + String.join("; ", result.complaints()) + ".");
        }
    }

    private DrillResult drill(Throwaway place) throws IOException, InterruptedException {
        if (options.report().isPresent()) {
            Files.createDirectories(options.report().get());
        }
        DrillResult result =
                options.cluster().isPresent() ? ofYours(options.cluster().get().value(), place) : ofItsOwn(place);
        if (options.report().isPresent()) {
            write(result, options.report().get());
        }
        return result;
    }

    private static void write(DrillResult result, Path folder) throws IOException {
        ObjectNode json = new DrillReport(result).json();
        Files.writeString(
                folder.resolve("drill.json"),
                JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json));
        Files.writeString(folder.resolve("drill.html"), new DrillPage(result).html());
    }

    private DrillResult ofItsOwn(Throwaway place) throws IOException, InterruptedException {
        Installation installation = place.installation();
        DataFolder files = place.playground().data();
        Lab lab = options.breaksMachines() ? Lab.in(place, options.instances()) : Lab.NONE;
        try (ZooKeeperSwitch own = new ZooKeeperSwitch(zooKeeper, files)) {
            List<String> more = new ArrayList<>(own.options());
            more.addAll(lab.options());
            ThrowawayScheduler scheduler = place.scheduler(installation, more);
            try {
                Scene scene = Scene.of(new Scene.Own(scheduler, Optional.of(own), lab));
                place.steps().begin("Creating a cluster of " + options.instances());
                Rounds cluster = new Stage(scene, files.path())
                        .create(scheduler, "drill", options.instances(), options.writers(), options.timeout());
                place.steps().done("There is a cluster of " + options.instances());
                return new DrillRun(shell, options, scene, place.steps())
                        .run(cluster, "drill", options.instances(), installation.version());
            } finally {
                // Politely it would wait for its ZooKeeper, which goes now.
                scheduler.kill();
            }
        }
    }

    private DrillResult ofYours(String name, Throwaway place) throws IOException, InterruptedException {
        DataFolder folder = throwaway.dataFolder(shell);
        RunningScheduler running = folder.runningScheduler()
                .orElseThrow(() -> new Failure(
                        ExitCode.UNREACHABLE,
                        "No scheduler runs on the data folder " + folder.path() + ". Start one with: cotton up."));
        SchedulerClient client = SchedulerLink.to(running);
        Cluster seen = client.cluster(name).value();
        if (!options.yes()) {
            Confirmation.typed(
                    shell,
                    name,
                    "Servers of " + name
                            + " are going to be killed and to hang, again and again; writes stop for seconds"
                            + " each time.");
        }
        Scene scene = new Scene(() -> client, new InstanceProcesses(folder), Optional.empty());
        Stage stage = new Stage(scene, place.playground().data().create().path());
        Rounds cluster = stage.use(name, options.withUserSchemas(), options.writers(), options.timeout());
        try {
            return new DrillRun(shell, options, scene, place.steps())
                    .run(cluster, name, seen.spec().instances(), version(seen));
        } finally {
            stage.clear(name);
        }
    }

    private static String version(Cluster cluster) {
        return cluster.primaryInstance()
                .flatMap(Instance::mysql)
                .map(Instance.Mysql::version)
                .orElse("?");
    }
}
