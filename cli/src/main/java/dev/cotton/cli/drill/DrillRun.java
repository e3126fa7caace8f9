package dev.cotton.cli.drill;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.Version;
import dev.cotton.cli.faults.Fault;
import dev.cotton.cli.faults.Scene;
import dev.cotton.cli.terminal.Steps;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One drill, with a cluster that is ready for it. */
record DrillRun(Shell shell, DrillOptions options, Scene scene, Steps steps) {
    DrillResult run(Rounds cluster, String name, int instances, String mysql) throws IOException, InterruptedException {
        Instant begun = shell.clock().instant();
        List<LeftOut> leftOut = new ArrayList<>();
        Drill drill = new Drill(cluster, options.bounds(), steps);
        drill.run(possible(instances, leftOut));
        leftOut.addAll(drill.leftOut());
        leftOut.addAll(LeftOut.BEYOND);
        return new DrillResult(
                new DrillResult.Setting(
                        begun,
                        Duration.between(begun, shell.clock().instant()),
                        Version.current(),
                        mysql,
                        name,
                        instances,
                        options.writers(),
                        scene.own().isPresent()),
                drill.results(),
                leftOut,
                drill.compareAll());
    }

    /** Those that were named have to be possible. */
    private List<Fault> possible(int instances, List<LeftOut> leftOut) {
        List<Fault> possible = new ArrayList<>();
        List<Fault> wanted = options.faults();
        for (Fault fault : wanted.isEmpty() ? List.of(Fault.values()) : wanted) {
            Optional<String> lacking = scene.lacking(fault, instances);
            if (lacking.isEmpty()) {
                possible.add(fault);
            } else if (wanted.isEmpty()) {
                leftOut.add(new LeftOut(fault.toString(), lacking.get()));
            } else {
                throw new Failure(
                        ExitCode.CONFLICT, fault + " is not possible: " + lacking.get() + " No fault was injected.");
            }
        }
        return possible;
    }
}
