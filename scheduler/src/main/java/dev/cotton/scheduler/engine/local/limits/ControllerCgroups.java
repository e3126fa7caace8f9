package dev.cotton.scheduler.engine.local.limits;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Control groups of version 1: a tree for memory and one for cpu. */
record ControllerCgroups(Path memory, Path cpu) implements Limits {
    private static final String PARENT = "cotton";

    /** Empty when the trees are not there or not writable. */
    static Optional<ControllerCgroups> open(Path mount, String name) {
        Path memory = mount.resolve("memory");
        Path cpu = mount.resolve("cpu");
        boolean there =
                Files.exists(memory.resolve("memory.limit_in_bytes")) && Files.exists(cpu.resolve("cpu.cfs_quota_us"));
        if (!there) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ControllerCgroups(
                    Files.createDirectories(memory.resolve(PARENT).resolve(name)),
                    Files.createDirectories(cpu.resolve(PARENT).resolve(name))));
        } catch (IOException notAllowed) {
            return Optional.empty();
        }
    }

    @Override
    public Group prepare(InstanceId id, Resources resources) {
        try {
            CgroupFolder memoryGroup = new CgroupFolder(Files.createDirectories(memory.resolve(id.toString())));
            memoryGroup.set("memory.limit_in_bytes", resources.mem().bytes());
            memoryGroup.setIfThere(
                    "memory.memsw.limit_in_bytes", resources.mem().bytes());
            CgroupFolder cpuGroup = new CgroupFolder(Files.createDirectories(cpu.resolve(id.toString())));
            CgroupCpu share = CgroupCpu.of(resources.cpus());
            cpuGroup.set("cpu.cfs_period_us", CgroupCpu.PERIOD_MICROS);
            cpuGroup.set("cpu.cfs_quota_us", share.quotaMicros());
            cpuGroup.setIfThere("cpu.cfs_burst_us", share.quotaMicros());
            cpuGroup.set("cpu.shares", share.shares());
            return new Group(
                    List.of(memoryGroup.processes(), cpuGroup.processes()),
                    "cgroup v1: memory " + resources.mem() + ", cpu " + resources.cpus());
        } catch (IOException refused) {
            return new Group(List.of(), "none (cgroup v1: " + refused.getMessage() + ")");
        }
    }

    @Override
    public void remove(InstanceId id) throws IOException {
        new CgroupFolder(cpu.resolve(id.toString())).remove();
        new CgroupFolder(memory.resolve(id.toString())).remove();
    }

    @Override
    public void removeIfEmpty() {
        new CgroupFolder(cpu).removeIfEmpty();
        new CgroupFolder(memory).removeIfEmpty();
    }
}
