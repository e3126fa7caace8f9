package dev.cotton.scheduler.backup;

import dev.cotton.core.backup.BackupRun;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.port.Engine.Disposal;
import dev.cotton.core.port.Engine.InstanceSpec;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Status;
import dev.cotton.core.wire.VerificationOrder;
import dev.cotton.scheduler.fleet.Outside;
import java.util.Map;
import java.util.Optional;

/**
 * The server that one backup is proven on: an instance of nobody's, in a place of its own, made from the store, fenced for as
 * long as it lives. Every call says "make it so", and is repeated. Used by one thread at a time.
 */
final class ProofServer {
    private static final String USER = "proof";
    private static final double CORES = 0.5;
    private static final DataSize MEMORY = DataSize.ofMegabytes(512);

    /** Beside the data: redo and undo logs, temporary tables. */
    private static final DataSize MORE_DISK = DataSize.ofMegabytes(1024);

    private final Outside outside;
    private final BackupRun run;
    private final InstanceId id;
    private Optional<Ports> watched = Optional.empty();

    ProofServer(Outside outside, BackupRun run) {
        this.outside = outside;
        this.run = run;
        int ordinal = (int) Math.floorMod(run.begun().getEpochSecond(), 1_000_000_000L);
        this.id = new InstanceId(new ClusterName("proof." + run.place().cluster()), ordinal);
    }

    /**
     * Has it be there.
     *
     * @param data what it is to hold
     * @return where it is, once the engine knows
     */
    Optional<Place> place(DataSize data) {
        DataSize disk = new DataSize(data.bytes() * 5 / 4 + MORE_DISK.bytes());
        outside.engine()
                .apply(new InstanceSpec(
                        id, run.owner(), new Resources(CORES, MEMORY, disk), PlacementSpec.ORDINARY, token()));
        Optional<Place> place = Optional.ofNullable(outside.engine().observe().get(id));
        Optional<Ports> ports = place.flatMap(Place::ports);
        if (ports.isPresent() && !watched.equals(ports)) {
            outside.executors().watch(id, ports.get(), token(), () -> {});
            watched = ports;
        }
        return place;
    }

    private String token() {
        return outside.secrets().enrolmentToken(run.owner(), run.secrets(), id);
    }

    /** What its executor says. */
    Optional<Status> status() {
        return watched.flatMap(_ -> outside.executors().heard(id).status());
    }

    /** Has it take the backup's data, once its executor asks for data. */
    void restore(Stamp stamp, Status status) {
        if (status.lifecycle() == Lifecycle.EMPTY) {
            Setup.Backup source = new Setup.Backup(
                    run.place(),
                    outside.secrets().backupKey(run.place(), run.key().wrapped()));
            outside.executors()
                    .setup(
                            id,
                            new Setup(
                                    stamp,
                                    0,
                                    Durability.ASYNC,
                                    Map.of(),
                                    outside.secrets().accounts(run.owner(), run.secrets(), USER),
                                    source));
        }
        if (!fenced(status)) {
            outside.executors().assign(id, new Assignment(stamp, new Role.Fenced()));
        }
    }

    /** Whether it runs with the backup's data, and nothing reaches it. */
    static boolean ready(Status status) {
        return status.lifecycle() == Lifecycle.RUNNING && status.answers() && fenced(status);
    }

    private static boolean fenced(Status status) {
        return status.role()
                .filter(report -> report.established() && report.role() instanceof Role.Fenced)
                .isPresent();
    }

    /** Has it look at every table. */
    void check(Stamp stamp) {
        outside.executors().verify(id, new VerificationOrder(stamp, run.id(), run.place()));
    }

    /** Has it go; whether nothing of it is there any more. */
    boolean gone() {
        outside.executors().forget(id);
        watched = Optional.empty();
        if (!outside.engine().observe().containsKey(id)) {
            return true;
        }
        outside.engine().release(id, Disposal.DESTROY);
        return false;
    }
}
