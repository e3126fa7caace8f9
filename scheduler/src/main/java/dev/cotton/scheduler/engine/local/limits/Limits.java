package dev.cotton.scheduler.engine.local.limits;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Has the kernel hold instances to their share. The groups are made from outside, so that they also hold what is started
 * in a network namespace, where they cannot be seen. Thread-safe.
 *
 * <p>Memory is a hard limit without swap: beyond it the kernel kills a process of the group. Cores are a hard limit over
 * each tenth of a second, of which as much again can be saved up in quiet times and spent at once; a weight in the same
 * proportion shares out a machine on which everybody computes.
 */
public interface Limits {
    /**
     * @param joins files; a process that writes its id into each of them is in the group, and so are its children
     * @param isolation for people: what is limited, or {@code none (why)}
     */
    record Group(List<Path> joins, String isolation) {}

    /** Makes sure that the group of {@code id} is there with these limits; processes in it stay in it. */
    Group prepare(InstanceId id, Resources resources);

    /**
     * Kills what is still in the group of {@code id} and removes it; nothing when there is none.
     *
     * @throws IOException when it is still there; try again
     */
    void remove(InstanceId id) throws IOException;

    /** Removes the group that holds all of this engine's groups, unless there are any. It is made again when needed. */
    void removeIfEmpty();

    /**
     * What this machine offers to this process.
     *
     * @param mount where cgroups are mounted, {@code /sys/fs/cgroup}
     * @param name of the group that holds all of this engine's groups
     */
    static Limits find(Path mount, String name) {
        if (Files.exists(mount.resolve("cgroup.controllers"))) {
            return UnifiedCgroups.open(mount, name)
                    .<Limits>map(groups -> groups)
                    .orElseGet(() ->
                            new NoLimits(mount + " (cgroup v2) gives no control over memory and cpu to this user"));
        }
        Optional<ControllerCgroups> groups = ControllerCgroups.open(mount, name);
        if (groups.isPresent()) {
            return groups.get();
        }
        return new NoLimits(
                Files.isDirectory(mount.resolve("memory"))
                        ? mount + " (cgroup v1) is not writable for this user"
                        : "no cgroups for memory and cpu are mounted at " + mount);
    }

    /** Nothing is limited. */
    record NoLimits(String why) implements Limits {
        @Override
        public Group prepare(InstanceId id, Resources resources) {
            return new Group(List.of(), "none (" + why + ")");
        }

        @Override
        public void remove(InstanceId id) {}

        @Override
        public void removeIfEmpty() {}
    }
}
