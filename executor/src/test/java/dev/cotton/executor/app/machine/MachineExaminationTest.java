package dev.cotton.executor.app.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cotton.core.model.DataSize;
import dev.cotton.executor.app.machine.MachineCheck.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MachineExaminationTest {
    private static final Account ROOT = new Account(true, "root");
    private static final Account ANN = new Account(false, "ann");

    @TempDir
    private Path folder;

    @Test
    void looksAtEverythingOnThisMachine() {
        MachineExamination examination = new MachineExamination(
                folder,
                new PortRange(20_000, 20_999),
                "nobody",
                MysqlChoice.usual().installer(folder));

        assertThat(examination.run())
                .extracting(MachineCheck::name)
                .containsExactly(
                        "java",
                        "mysql",
                        "data folder",
                        "disk",
                        "memory",
                        "open files",
                        "control groups",
                        "ports",
                        "user");
        assertThat(examination.run()).allSatisfy(check -> {
            assertThat(check.sentence()).isNotBlank();
            assertThat(check.remedy().isEmpty()).isEqualTo(check.outcome() == Outcome.OK);
        });
    }

    @Test
    void wantsJava25() {
        assertThat(MachineExamination.java(Runtime.Version.parse("25.0.3")).outcome())
                .isEqualTo(Outcome.OK);
        assertThat(MachineExamination.java(Runtime.Version.parse("21.0.1")))
                .isEqualTo(MachineCheck.failed("java", "This is Java 21.0.1.", "Install Java 25 or newer."));
    }

    @Test
    void wantsADataFolderThatServersMayEnter() throws IOException {
        Path shut = Files.createDirectory(folder.resolve("shut"));
        Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("rwx------"));

        assertThat(new DataFolder(shut.resolve("data"), ANN).check().sentence())
                .isEqualTo(shut.resolve("data") + " will be made when it is needed.");
        assertThat(new DataFolder(shut.resolve("data"), ROOT).check())
                .extracting(MachineCheck::outcome, MachineCheck::sentence)
                .containsExactly(
                        Outcome.FAILED,
                        "Only root and its group may enter " + shut + ", but servers run as an ordinary user.");
        assertThat(new DataFolder(Files.createFile(folder.resolve("file")), ANN)
                        .check()
                        .outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void wantsRoomOnTheDisk() {
        assertThat(Disk.judge(folder, DataSize.parse("1gb")).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(Disk.judge(folder, DataSize.parse("5gb")).outcome()).isEqualTo(Outcome.WARNING);
        assertThat(Disk.judge(folder, DataSize.parse("50gb")))
                .isEqualTo(MachineCheck.ok("disk", "The disk of " + folder + " has 51200 MB left."));
    }

    @Test
    void wantsMemory() throws IOException {
        assertThat(memory("MemTotal: 99999999 kB\nMemAvailable:     524288 kB\n"))
                .isEqualTo(Outcome.FAILED);
        assertThat(memory("MemAvailable:    1048576 kB\n")).isEqualTo(Outcome.WARNING);
        assertThat(memory("MemAvailable:   16777216 kB\n")).isEqualTo(Outcome.OK);
        assertThat(memory("")).isEqualTo(Outcome.WARNING);
    }

    @Test
    void wantsManyOpenFiles() throws IOException {
        assertThat(openFiles("512                  512")).isEqualTo(Outcome.FAILED);
        assertThat(openFiles("1024                 4096")).isEqualTo(Outcome.WARNING);
        assertThat(openFiles("1024                 1048576")).isEqualTo(Outcome.OK);
        assertThat(openFiles("unlimited            unlimited")).isEqualTo(Outcome.OK);
    }

    @Test
    void countsFreePorts() throws IOException {
        Path outgoing = Files.writeString(folder.resolve("range"), "32768\t60999\n");
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(0));
            int port = taken.getLocalPort();
            assertThat(new PortRange(port, port).check(outgoing))
                    .extracting(MachineCheck::outcome, MachineCheck::sentence)
                    .containsExactly(Outcome.FAILED, "0 of 1 ports from " + port + " to " + port + " are free.");
        }
        assertThat(new PortRange(40_000, 40_500).check(outgoing).outcome()).isEqualTo(Outcome.WARNING);
        assertThat(new PortRange(20_000, 20_500).check(outgoing).outcome()).isEqualTo(Outcome.OK);
        assertThatIllegalArgumentException().isThrownBy(() -> new PortRange(2, 1));
    }

    @Test
    void seesControlGroupsOfVersionTwo() throws IOException {
        Path mount = Files.createDirectory(folder.resolve("cgroup"));
        Files.writeString(mount.resolve("cgroup.controllers"), "cpuset cpu io memory pids\n");
        mounts("30 23 0:26 / " + mount + " rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate", "0::/user/ann");

        assertThat(groups(ROOT)).isEqualTo("Control groups version 2 limit memory and processors.");
        assertThat(groups(ANN)).startsWith("Control groups version 2 are there, but ann may not write in " + mount);
        Files.createDirectories(mount.resolve("user/ann"));
        assertThat(groups(ANN)).isEqualTo("Control groups version 2 limit memory and processors.");
    }

    @Test
    void seesControlGroupsOfVersionOneBesideAnEmptySecond() throws IOException {
        Path mount = Files.createDirectory(folder.resolve("cgroup"));
        for (String hierarchy : new String[] {"cpu", "memory", "unified"}) {
            Files.createDirectory(mount.resolve(hierarchy));
        }
        Files.writeString(mount.resolve("unified/cgroup.controllers"), "\n");
        mounts("""
                32 31 0:29 / %1$s/cpu rw,relatime - cgroup cgroup rw,cpu
                33 31 0:30 / %1$s/cpuacct rw,relatime - cgroup cgroup rw,cpuacct
                35 31 0:32 / %1$s/memory rw,relatime - cgroup cgroup rw,memory
                41 31 0:38 / %1$s/unified rw,relatime - cgroup2 cgroup2 rw
                """.formatted(mount), "4:memory:/\n1:cpu:/\n0::/");

        assertThat(groups(ROOT)).isEqualTo("Control groups version 1 limit memory and processors.");
    }

    @Test
    void saysThatThereAreNoControlGroups() throws IOException {
        mounts("22 1 8:1 / / rw - ext4 /dev/root rw", "");

        assertThat(groups(ROOT)).startsWith("There are no control groups for memory and processors.");
    }

    @Test
    void wantsAUserForServersWhenStartedByRoot() throws IOException {
        assertThat(ANN.check("cotton", folder).sentence()).isEqualTo("Everything runs as the ordinary user ann.");
        assertThat(ROOT.check("cotton", folder).outcome()).isEqualTo(Outcome.FAILED);

        addProgram("setpriv");
        assertThat(ROOT.check("cotton", folder).sentence()).contains("there is no useradd");
        addProgram("useradd");
        assertThat(ROOT.check("cotton", folder).sentence())
                .endsWith("as the user cotton, who is made when first needed.");

        Files.writeString(
                Files.createDirectory(folder.resolve("etc")).resolve("passwd"),
                "root:x:0:0::/root:/bin/sh\ncotton:x:999:999::/:/usr/sbin/nologin\n");
        assertThat(ROOT.check("cotton", folder).sentence()).endsWith("as the user cotton.");
    }

    private void addProgram(String name) throws IOException {
        Path program = Files.createFile(
                Files.createDirectories(folder.resolve("usr/sbin")).resolve(name));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void mounts(String mountinfo, String cgroup) throws IOException {
        Path self = Files.createDirectories(folder.resolve("self"));
        Files.writeString(self.resolve("mountinfo"), mountinfo);
        Files.writeString(self.resolve("cgroup"), cgroup);
    }

    private String groups(Account account) {
        return new ControlGroups(folder.resolve("self"), account).check().sentence();
    }

    private Outcome memory(String meminfo) throws IOException {
        return new Memory(Files.writeString(folder.resolve("meminfo"), meminfo))
                .check()
                .outcome();
    }

    private Outcome openFiles(String values) throws IOException {
        String limits = "Limit                     Soft Limit           Hard Limit           Units\n"
                + "Max open files            " + values + "  files\n";
        return new OpenFiles(Files.writeString(folder.resolve("limits"), limits))
                .check()
                .outcome();
    }
}
