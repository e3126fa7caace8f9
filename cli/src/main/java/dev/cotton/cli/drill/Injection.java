package dev.cotton.cli.drill;

import dev.cotton.cli.bench.ThrowawayScheduler;
import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Instance;
import dev.cotton.core.wire.InstanceFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Makes faults happen to a cluster, with signals and with the API. Used by one thread. */
final class Injection {
    private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(5);
    private static final Duration NOTICE_LIMIT = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(10);

    private final ThrowawayScheduler scheduler;

    Injection(ThrowawayScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Ends what goes on. */
    @FunctionalInterface
    interface Relief {
        void relieve() throws IOException, InterruptedException;
    }

    /**
     * Makes it happen.
     *
     * @param cluster as it was just before, with a primary
     * @return to be called once writes are back
     */
    Relief inject(Fault fault, Cluster cluster) throws IOException, InterruptedException {
        String primary = cluster.primary().orElseThrow();
        return switch (fault) {
            case KILL_PRIMARY -> once("KILL", mysqld(primary));
            case KILL_REPLICA_THEN_PRIMARY -> {
                signal("KILL", List.of(mysqld(replica(cluster))));
                yield once("KILL", mysqld(primary));
            }
            case HANG_PRIMARY -> during(mysqld(primary));
            case SWITCHOVER -> {
                scheduler.client().switchOver(cluster.name(), Optional.empty());
                yield Injection::nothing;
            }
            case REPLICA_DEAD -> {
                String replica = replica(cluster);
                Relief relief = during(program(replica, InstanceFolder.EXECUTOR_PROCESS));
                signal("KILL", List.of(mysqld(replica)));
                yield relief;
            }
            case SCHEDULER_KILLED -> killScheduler(cluster, mysqld(primary));
            case EVERYTHING_KILLED -> killEverything(cluster);
            case STOP_POLITELY -> once("TERM", mysqld(primary));
        };
    }

    private static void nothing() {}

    private static Relief once(String signal, long pid) throws IOException, InterruptedException {
        signal(signal, List.of(pid));
        return Injection::nothing;
    }

    private static Relief during(long pid) throws IOException, InterruptedException {
        signal("STOP", List.of(pid));
        return () -> {
            if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()) {
                signal("CONT", List.of(pid));
            }
        };
    }

    private Relief killScheduler(Cluster cluster, long mysqld) throws IOException, InterruptedException {
        signal("KILL", List.of(mysqld));
        long deadline = System.nanoTime() + NOTICE_LIMIT.toNanos();
        while (calm(cluster.name()) && System.nanoTime() < deadline) {
            Thread.sleep(LOOK);
        }
        scheduler.kill();
        scheduler.startAgain();
        return Injection::nothing;
    }

    private boolean calm(String cluster) {
        return scheduler.client().cluster(cluster).value().state().equals("healthy");
    }

    private Relief killEverything(Cluster cluster) throws IOException, InterruptedException {
        List<Long> executors = scheduler.executors(cluster.name());
        List<Long> servers = cluster.instances().stream()
                .map(Instance::id)
                .flatMap(id -> scheduler.process(id, InstanceFolder.MYSQLD_PROCESS).stream())
                .toList();
        scheduler.kill();
        signal("KILL", executors);
        signal("KILL", servers);
        scheduler.startAgain();
        return Injection::nothing;
    }

    private static String replica(Cluster cluster) {
        String primary = cluster.primary().orElseThrow();
        return cluster.inSync().members().stream()
                .filter(member -> !member.equals(primary))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no in-sync replica."));
    }

    private long mysqld(String instance) throws IOException {
        return program(instance, InstanceFolder.MYSQLD_PROCESS);
    }

    private long program(String instance, String file) throws IOException {
        return scheduler
                .process(instance, file)
                .orElseThrow(() -> new IOException("a program of " + instance + " does not run: " + file));
    }

    private static void signal(String name, List<Long> pids) throws IOException, InterruptedException {
        StringBuilder command = new StringBuilder("kill -s ").append(name);
        pids.forEach(pid -> command.append(' ').append(pid));
        Process process = new ProcessBuilder("sh", "-c", command.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(SIGNAL_LIMIT.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
            throw new IOException("the signal SIG" + name + " could not be sent to the processes " + pids);
        }
    }
}
