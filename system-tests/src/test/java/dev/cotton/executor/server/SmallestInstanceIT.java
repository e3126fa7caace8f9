package dev.cotton.executor.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.cotton.core.model.DataSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An instance with the least memory there is, of which the executor has its part, under a real limit of the kernel. */
final class SmallestInstanceIT {
    private static final DataSize LEFT_BY_THE_EXECUTOR =
            new DataSize(RealServer.SMALLEST.mem().bytes() - MemoryPlan.EXECUTOR.bytes());

    @Test
    void survivesSixteenBusyClients() throws Exception {
        try (MemoryLimit limit = MemoryLimit.of("cotton-test-" + ProcessHandle.current().pid(), LEFT_BY_THE_EXECUTOR)
                        .orElseGet(() -> abort("This user may not limit memory by cgroups; as root it works."));
                RealServer server = new RealServer(limit.enter()).fill()) {
            long started = System.nanoTime();
            long id = server.start();
            report("start ms", millis(started));
            report("idle, resident MB", server.resident().megabytes());
            server.ask("SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF; CREATE DATABASE sbtest");

            assertThat(server.sysbench("--threads=4", "prepare")).as(server.sysbenchOutput()).isZero();
            CompletableFuture<Integer> load = CompletableFuture.supplyAsync(() -> busy(server));
            DataSize most = new DataSize(0);
            while (!load.isDone()) {
                DataSize now = limit.anonymous();
                most = now.compareTo(most) > 0 ? now : most;
                load.copy().completeOnTimeout(0, 200, TimeUnit.MILLISECONDS).join();
            }
            report("busy, most anonymous MB", most.megabytes());
            report("busy, resident MB", server.resident().megabytes());

            assertThat(load.join()).as(server.sysbenchOutput()).isZero();
            assertThat(limit.kills()).isZero();
            assertThat(server.mysqld().processId()).isEqualTo(OptionalLong.of(id));
            assertThat(most).isLessThan(LEFT_BY_THE_EXECUTOR);
        }
    }

    @Test
    void copiesATemplateQuickly() throws Exception {
        try (RealServer server = new RealServer("")) {
            server.folder().create();
            long first = System.nanoTime();
            server.templates().fill(server.folder());
            report("first data ms", millis(first));
            DataFolder other = new DataFolder(server.folder().root().resolveSibling("other"));
            other.create();
            long second = System.nanoTime();
            server.templates().fill(other);
            report("further data ms", millis(second));
            assertThat(other.incarnation()).isPresent().isNotEqualTo(server.folder().incarnation());
        }
    }

    private static int busy(RealServer server) {
        try {
            return server.sysbench("--threads=16", "--time=30", "run");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static long millis(long since) {
        return (System.nanoTime() - since) / 1_000_000;
    }

    private static void report(String what, long figure) {
        System.out.println(what + ": " + figure);
    }
}
