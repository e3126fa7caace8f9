package dev.cotton.scheduler.engine.local.limits;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Control groups of version 2: one tree, in which each level hands its controllers down. */
record UnifiedCgroups(Path parent) implements Limits {
    private static final String PARENT = "cotton";
    private static final String HANDED_DOWN = "+memory +cpu";
    private static final String SUBTREE = "cgroup.subtree_control";

    /** Empty when memory or cpu cannot be controlled by this process. */
    static Optional<UnifiedCgroups> open(Path mount, String name) {
        try {
            List<String> offered = List.of(Files.readString(mount.resolve("cgroup.controllers"))
                    .strip()
                    .split(" ", -1));
            if (!offered.containsAll(List.of("memory", "cpu"))) {
                return Optional.empty();
            }
            Path all = mount.resolve(PARENT);
            Path parent = all.resolve(name);
            new CgroupFolder(mount).set(SUBTREE, HANDED_DOWN);
            Files.createDirectories(all);
            new CgroupFolder(all).set(SUBTREE, HANDED_DOWN);
            Files.createDirectories(parent);
            new CgroupFolder(parent).set(SUBTREE, HANDED_DOWN);
            return Optional.of(new UnifiedCgroups(parent));
        } catch (IOException notAllowed) {
            return Optional.empty();
        }
    }

    @Override
    public Group prepare(InstanceId id, Resources resources) {
        try {
            Files.createDirectories(parent);
            new CgroupFolder(parent).set(SUBTREE, HANDED_DOWN);
            CgroupFolder group = new CgroupFolder(Files.createDirectories(parent.resolve(id.toString())));
            CgroupCpu share = CgroupCpu.of(resources.cpus());
            group.set("memory.max", resources.mem().bytes());
            group.setIfThere("memory.swap.max", 0);
            group.set("cpu.max", share.quotaMicros() + " " + CgroupCpu.PERIOD_MICROS);
            group.setIfThere("cpu.max.burst", share.quotaMicros());
            group.set("cpu.weight", share.weight());
            return new Group(
                    List.of(group.processes()), "cgroup v2: memory " + resources.mem() + ", cpu " + resources.cpus());
        } catch (IOException refused) {
            return new Group(List.of(), "none (cgroup v2: " + refused.getMessage() + ")");
        }
    }

    @Override
    public void remove(InstanceId id) throws IOException {
        new CgroupFolder(parent.resolve(id.toString())).remove();
    }

    @Override
    public void removeIfEmpty() {
        new CgroupFolder(parent).removeIfEmpty();
    }
}
