package dev.cotton.cli.faults;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Instance;
import dev.cotton.cli.faults.Injection.Relief;
import dev.cotton.cli.lab.Disk;
import java.io.IOException;
import java.util.Optional;

/** A primary whose disk fails it. Used by one thread. */
record DiskFaults(Scene scene, Scene.Own own, InstanceDisk instanceDisk) {
    /**
     * Does what is left to do until the primary is the instance with the disk of its own.
     *
     * @return whether nothing was left
     */
    boolean ready(Cluster cluster) throws IOException {
        String primary = cluster.primary().orElseThrow();
        Optional<String> instance = instanceDisk.instance();
        if (instance.isEmpty()) {
            String replica = cluster.instances().stream()
                    .map(Instance::id)
                    .filter(id -> !id.equals(primary))
                    .findFirst()
                    .orElseThrow();
            halt(replica);
            instanceDisk.give(replica, scene.processes().folder(replica));
            own.scheduler().startAgain();
            return false;
        }
        if (instance.get().equals(primary)) {
            return true;
        }
        try {
            scene.client().get().switchOver(cluster.name(), instance);
        } catch (Failure refused) {
            // For instance in the moment in which a replica that has just joined reconnects: it is asked again.
            if (refused.exitCode() != ExitCode.CONFLICT) {
                throw refused;
            }
        }
        return false;
    }

    /** Ends everything of an instance; the scheduler would start it again. */
    private void halt(String instance) {
        own.scheduler().kill();
        Signals.killAndAwait(scene.processes().all(instance));
    }

    Relief inject(Fault fault) {
        Disk disk = instanceDisk.disk();
        return switch (fault) {
            case DISK_FULL -> {
                disk.fill();
                yield disk::free;
            }
            case DISK_FROZEN -> {
                disk.freeze();
                yield disk::thaw;
            }
            case DISK_STUCK -> {
                disk.hang();
                yield disk::thaw;
            }
            case DISK_READ_ONLY -> {
                disk.breakDown();
                yield () -> {
                    halt(instanceDisk.instance().orElseThrow());
                    disk.repair();
                    own.scheduler().startAgain();
                };
            }
            default -> throw new IllegalArgumentException(fault + " is not one of a disk.");
        };
    }
}
