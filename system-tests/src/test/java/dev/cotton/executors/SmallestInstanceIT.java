package dev.cotton.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Resources;
import dev.cotton.mysql.TestMysql;
import dev.cotton.testing.executor.TestInstances;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance of the least size, executor and mysqld together under a real limit of the kernel, as an engine sets it. */
final class SmallestInstanceIT {
    private static final DataSize LIMIT = DataSize.ofMegabytes(512);

    @TempDir
    private Path temporary;

    @Test
    void survivesSixteenBusyClients() throws Exception {
        try (MemoryLimit limit = MemoryLimit.of(
                                "cotton-test-" + ProcessHandle.current().pid(), LIMIT)
                        .orElseGet(() -> abort("This user may not limit memory by cgroups; root may."));
                TestInstances instances =
                        new TestInstances(temporary, TestMysql.programs()).beginWith(limit.entering())) {
            instances.addFromTemplate(1).establish(0, TestInstances.primary(0));
            long mysqld = instances.calls(0).status().usage().processId().orElseThrow();
            try (Client client = Client.of(instances.executor(0))) {
                client.execute("CREATE DATABASE sbtest");
            }
            sysbench(instances, "--threads=4", "prepare");
            DataSize most = mostOf(limit, running(instances, "--threads=16", "--time=30", "run"));
            long executor = instances.executor(0).process().pid();

            report("both, most anonymous memory", most);
            report("mysqld, most resident", peak(mysqld));
            report("executor, most resident", peak(executor));
            assertThat(limit.kills()).isZero();
            assertThat(instances.calls(0).status().usage().processId()).contains(mysqld);
            assertThat(instances.calls(0).status().usage().restarts()).isZero();
            assertThat(most).isLessThan(LIMIT);
            assertThat(peak(executor)).isLessThanOrEqualTo(Resources.EXECUTOR_MEM);
        }
    }

    private DataSize mostOf(MemoryLimit limit, Process load) throws IOException, InterruptedException {
        DataSize most = new DataSize(0);
        while (!load.waitFor(200, TimeUnit.MILLISECONDS)) {
            DataSize now = limit.anonymous();
            most = now.compareTo(most) > 0 ? now : most;
        }
        assertThat(load.exitValue()).as(output()).isZero();
        return most;
    }

    private void sysbench(TestInstances instances, String... words) throws IOException, InterruptedException {
        assertThat(running(instances, words).waitFor()).as(output()).isZero();
    }

    /** A sysbench on mysqld's socket, whose name may be too long from elsewhere. */
    private Process running(TestInstances instances, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "sysbench",
                "oltp_read_write",
                "--db-driver=mysql",
                "--mysql-socket=mysqld.sock",
                "--mysql-user=" + TestInstances.USER,
                "--mysql-password=" + TestInstances.PASSWORD,
                "--tables=4",
                "--table-size=50000"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .directory(
                        Path.of(instances.executor(0).config().folder(), "run").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        temporary.resolve("sysbench.out").toFile()))
                .start();
    }

    private String output() throws IOException {
        return Files.readString(temporary.resolve("sysbench.out"));
    }

    /** The most that a process ever had in memory. */
    private static DataSize peak(long process) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + process + "/status"))) {
            return new DataSize(lines.filter(line -> line.startsWith("VmHWM:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .sum()
                    * 1024);
        }
    }

    private static void report(String what, DataSize figure) {
        System.out.println(what + ": " + figure.megabytes() + " MB");
    }
}
