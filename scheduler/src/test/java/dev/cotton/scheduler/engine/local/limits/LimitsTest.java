package dev.cotton.scheduler.engine.local.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written to control files, on folders that look like a kernel's; the engine's tests use the real ones. */
final class LimitsTest {
    private static final InstanceId ID = new InstanceId(new ClusterName("demo"), 0);
    private static final Resources SIZE = new Resources(1.5, DataSize.ofMegabytes(512), DataSize.ofMegabytes(1024));

    @TempDir
    private Path mount;

    private String control(String path) throws IOException {
        return Files.readString(mount.resolve(path));
    }

    @Test
    void versionTwoHasOneTree() throws IOException {
        Files.writeString(mount.resolve("cgroup.controllers"), "cpuset cpu io memory pids\n");
        Limits.Group group = Limits.find(mount, "abc").prepare(ID, SIZE);
        assertThat(group.isolation()).isEqualTo("cgroup v2: memory 512mb, cpu 1.5");
        assertThat(group.joins()).containsExactly(mount.resolve("cotton/abc/demo-0/cgroup.procs"));
        assertThat(control("cgroup.subtree_control")).isEqualTo("+memory +cpu");
        assertThat(control("cotton/cgroup.subtree_control")).isEqualTo("+memory +cpu");
        assertThat(control("cotton/abc/cgroup.subtree_control")).isEqualTo("+memory +cpu");
        assertThat(control("cotton/abc/demo-0/memory.max")).isEqualTo("536870912");
        assertThat(control("cotton/abc/demo-0/cpu.max")).isEqualTo("150000 100000");
        assertThat(control("cotton/abc/demo-0/cpu.weight")).isEqualTo("150");
    }

    @Test
    void versionTwoWithoutMemoryIsNoneAndSaysWhy() throws IOException {
        Files.writeString(mount.resolve("cgroup.controllers"), "pids\n");
        assertThat(Limits.find(mount, "abc").prepare(ID, SIZE).isolation())
                .startsWith("none (")
                .contains("cgroup v2");
    }

    @Test
    void versionOneHasATreeForMemoryAndOneForCpu() throws IOException {
        Files.createDirectories(mount.resolve("memory"));
        Files.createDirectories(mount.resolve("cpu"));
        Files.createFile(mount.resolve("memory/memory.limit_in_bytes"));
        Files.createFile(mount.resolve("cpu/cpu.cfs_quota_us"));
        Limits.Group group = Limits.find(mount, "abc").prepare(ID, SIZE);
        assertThat(group.isolation()).isEqualTo("cgroup v1: memory 512mb, cpu 1.5");
        assertThat(group.joins())
                .containsExactly(
                        mount.resolve("memory/cotton/abc/demo-0/cgroup.procs"),
                        mount.resolve("cpu/cotton/abc/demo-0/cgroup.procs"));
        assertThat(control("memory/cotton/abc/demo-0/memory.limit_in_bytes")).isEqualTo("536870912");
        assertThat(control("cpu/cotton/abc/demo-0/cpu.cfs_quota_us")).isEqualTo("150000");
        assertThat(control("cpu/cotton/abc/demo-0/cpu.shares")).isEqualTo("1536");
    }

    @Test
    void theGroupThatHoldsTheOthersGoesWhenItIsEmptyAndComesBack() throws IOException {
        Files.createDirectories(mount.resolve("memory"));
        Files.createDirectories(mount.resolve("cpu"));
        Files.createFile(mount.resolve("memory/memory.limit_in_bytes"));
        Files.createFile(mount.resolve("cpu/cpu.cfs_quota_us"));
        Limits limits = Limits.find(mount, "abc");

        limits.removeIfEmpty();
        assertThat(mount.resolve("memory/cotton/abc")).doesNotExist();
        assertThat(mount.resolve("cpu/cotton/abc")).doesNotExist();

        limits.prepare(ID, SIZE);
        limits.removeIfEmpty();
        assertThat(mount.resolve("memory/cotton/abc/demo-0")).isDirectory();
        assertThat(mount.resolve("cpu/cotton/abc/demo-0")).isDirectory();
    }

    @Test
    void withoutControlGroupsNothingIsLimitedAndThatIsSaid() throws IOException {
        Limits none = Limits.find(mount, "abc");
        assertThat(none.prepare(ID, SIZE))
                .isEqualTo(new Limits.Group(
                        List.of(), "none (no cgroups for memory and cpu are mounted at " + mount + ")"));
        none.remove(ID);
    }
}
