package dev.cotton.cli.drill;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.bench.InstanceProcesses;
import dev.cotton.cli.bench.Playground;
import dev.cotton.cli.bench.ThrowawayOptions;
import dev.cotton.cli.bench.ThrowawayScheduler;
import dev.cotton.cli.bench.ZooKeeperProgram;
import dev.cotton.cli.bench.ZooKeeperSwitch;
import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Instance;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.command.Confirmation;
import dev.cotton.cli.faults.Scene;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.machine.Mysql;
import dev.cotton.cli.machine.RunningScheduler;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.terminal.Steps;
import dev.cotton.cli.up.SchedulerLink;
import dev.cotton.core.port.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

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
        try (Steps steps = shell.steps(output.format());
                Playground playground = throwaway.playground()) {
            if (options.report().isPresent()) {
                Files.createDirectories(options.report().get());
            }
            DrillResult result = options.cluster().isPresent()
                    ? ofYours(options.cluster().get().value(), playground.data().create(), steps)
                    : ofItsOwn(playground, steps);
            report(result);
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "The drill could not be done: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "Interrupted.", e);
        }
    }

    private DrillResult ofItsOwn(Playground playground, Steps steps) throws IOException, InterruptedException {
        Installation installation = throwaway.installation(shell, mysql, steps);
        try (ZooKeeperSwitch own = new ZooKeeperSwitch(zooKeeper, playground.data())) {
            ThrowawayScheduler scheduler = throwaway.start(shell, playground, installation, own.options(), steps);
            try {
                Scene scene = Scene.of(scheduler, Optional.of(own));
                steps.begin("Creating a cluster of " + options.instances());
                Rounds cluster = new Stage(scene, playground.data().path())
                        .create(scheduler, "drill", options.instances(), options.writers(), options.timeout());
                steps.done("There is a cluster of " + options.instances());
                return new DrillRun(shell, options, scene, steps)
                        .run(cluster, "drill", options.instances(), installation.version());
            } finally {
                // Politely it would wait for its ZooKeeper, which goes now.
                scheduler.kill();
            }
        }
    }

    private DrillResult ofYours(String name, DataFolder files, Steps steps) throws IOException, InterruptedException {
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
        Stage stage = new Stage(scene, files.path());
        Rounds cluster = stage.use(name, options.withUserSchemas(), options.writers(), options.timeout());
        try {
            return new DrillRun(shell, options, scene, steps)
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

    private void report(DrillResult result) throws IOException {
        DrillReport report = new DrillReport(result);
        if (options.report().isPresent()) {
            Path folder = options.report().get();
            Files.writeString(
                    folder.resolve("drill.json"),
                    JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report.json()));
            Files.writeString(folder.resolve("drill.html"), new DrillPage(result).html());
        }
        output.write(shell, report.json(), report::text);
        if (!result.passed()) {
            throw new Failure(
                    ExitCode.FAILED, "The drill did not pass: " + String.join("; ", result.complaints()) + ".");
        }
    }
}
