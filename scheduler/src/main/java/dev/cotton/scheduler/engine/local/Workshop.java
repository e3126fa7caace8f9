package dev.cotton.scheduler.engine.local;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.port.Engine.InstanceSpec;
import dev.cotton.core.wire.ProcessFile;
import dev.cotton.scheduler.engine.EngineRecords;
import dev.cotton.scheduler.engine.local.PlacedInstance.Goal;
import dev.cotton.scheduler.engine.local.placement.Host;
import dev.cotton.scheduler.engine.local.placement.Placement;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What all instances of an engine work with. */
record Workshop(
        EngineRecords<PlacedInstance> records, Placement placement, InstanceStorage storage, Launcher launcher) {
    private static final Duration FOR_AN_ORDERLY_END = Duration.ofSeconds(5);
    private static final Duration FOR_A_KILL = Duration.ofSeconds(10);
    private static final long LOOK_AGAIN_MILLIS = 20;

    /** Why nothing can be said about that instance from here, if so. */
    Optional<String> away(PlacedInstance placed) {
        if (!placed.dataFolder().equals(storage.area().id())) {
            return Optional.of("its data are in the data folder " + placed.dataFolder() + ", and this one is "
                    + storage.area().id() + ": is it on another machine, or is another disk mounted?");
        }
        if (!storage.area().mounted()) {
            return Optional.of("the data folder is gone or another one: is its disk mounted?");
        }
        return placement.host(placed.host()).isPresent()
                ? Optional.empty()
                : Optional.of("its host " + placed.host() + " is not configured any more");
    }

    Host host(PlacedInstance placed) {
        return placement.host(placed.host()).orElseThrow();
    }

    /** Prepares the folder of a new instance, then writes its record. */
    PlacedInstance settleDown(InstanceSpec spec, Placement.Seat seat) throws IOException {
        InstanceId id = spec.id();
        if (storage.present(id)) {
            // safety: nobody knows whose data these are, so they are neither used nor destroyed.
            throw new IOException(storage.home(id) + " exists, and no record says whose it is. Move it away.");
        }
        PlacedInstance placed = new PlacedInstance(
                PlacedInstance.SCHEMA,
                id,
                seat.cluster(),
                seat.size(),
                seat.host(),
                seat.ports(),
                storage.area().id(),
                Goal.RUN);
        storage.prepare(placed, spec.token());
        records.save(placed);
        return placed;
    }

    /**
     * Ends all processes of an instance and removes its limits: the executor is asked to end, so that it starts nothing
     * any more; whatever is left is killed.
     *
     * @throws IOException when something of it still runs
     */
    void endProcesses(InstanceId id) throws IOException, InterruptedException {
        Optional<ProcessFile> executor = launcher.running(id);
        if (executor.isPresent()) {
            launcher.terminate(executor.get());
            within(FOR_AN_ORDERLY_END, () -> !launcher.runs(executor.get()));
        }
        long begun = System.nanoTime();
        List<ProcessFile> left = launcher.killAll(id);
        while (!left.isEmpty()) {
            if (System.nanoTime() - begun > FOR_A_KILL.toNanos()) {
                throw new IOException(
                        "the processes " + left.stream().map(ProcessFile::pid).toList() + " do not end");
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
            left = launcher.killAll(id);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("told to stop");
        }
        launcher.removeLimits(id);
    }

    /**
     * Destroys what is saved of an instance's cluster if this is the last instance of it that goes: it outlives one that is
     * replaced, and not a cluster that is purged. The record says already that this one is to go.
     */
    void destroyQuarantineAfterLast(PlacedInstance going) throws IOException {
        boolean othersStay = records.load().stream()
                .anyMatch(other -> other.cluster().equals(going.cluster()) && other.goal() != Goal.DESTROY);
        if (!othersStay) {
            storage.destroyQuarantine(going.cluster());
        }
    }

    private static void within(Duration limit, BooleanSupplier reached) throws InterruptedException {
        long begun = System.nanoTime();
        while (!reached.getAsBoolean() && System.nanoTime() - begun < limit.toNanos()) {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }
}
