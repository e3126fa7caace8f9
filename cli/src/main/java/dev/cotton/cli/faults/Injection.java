package dev.cotton.cli.faults;

import dev.cotton.cli.Failure;
import dev.cotton.cli.bench.ThrowawayScheduler;
import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Instance;
import dev.cotton.cli.writers.Database;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Makes faults happen to a cluster. Used by one thread. */
public final class Injection {
    private static final Duration NOTICE_LIMIT = Duration.ofSeconds(10);
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration WITHOUT_ZOOKEEPER = Duration.ofSeconds(10);
    private static final Duration UNTIL_THE_PRIMARY_IS_KILLED_TOO = Duration.ofSeconds(2);

    /** When there is nothing to end. */
    public static final Relief NOTHING = () -> {};

    private final Scene scene;
    private final Database database;

    public Injection(Scene scene, Database database) {
        this.scene = scene;
        this.database = database;
    }

    /** Ends what goes on. */
    @FunctionalInterface
    public interface Relief {
        void relieve() throws IOException, InterruptedException;
    }

    /**
     * Does what has to be done to a cluster before a fault can be injected; afterwards the cluster has to get healthy.
     *
     * @return whether there was nothing to do
     */
    public boolean ready(Fault fault, Cluster cluster) throws IOException {
        return fault.needs() != Fault.Needs.DISK || disks().ready(cluster);
    }

    private DiskFaults disks() {
        return new DiskFaults(scene, own(), own().lab().disk().orElseThrow());
    }

    /**
     * Makes it happen.
     *
     * @param cluster as it was just before, with a primary
     * @return to be called once writes are back
     */
    public Relief inject(Fault fault, Cluster cluster) throws IOException, InterruptedException {
        long primary = mysqld(cluster.primary().orElseThrow());
        return switch (fault) {
            case KILL_PRIMARY -> kill(primary);
            case KILL_REPLICA -> killReplica(replicas(cluster).getFirst());
            case KILL_REPLICA_THEN_PRIMARY -> {
                kill(mysqld(replicas(cluster).getFirst()));
                yield kill(primary);
            }
            case HANG_PRIMARY -> hang(List.of(primary));
            case REPLICA_DEAD -> killForGood(replicas(cluster).getFirst());
            case SWITCHOVER -> {
                scene.client().get().switchOver(cluster.name(), Optional.empty());
                yield NOTHING;
            }
            case STOP_POLITELY -> {
                Signals.terminate(primary);
                yield NOTHING;
            }
            case ACCOUNT_STATEMENT -> killWhileAStatementWaits(cluster, primary);
            case ACCOUNT_STATEMENT_LOGINS -> killReplicasUnderAStatement(cluster);
            case SCHEDULER_KILLED -> {
                kill(primary);
                yield killScheduler(() -> !state(cluster.name()).equals("healthy"));
            }
            case SCHEDULER_KILLED_CHOSEN -> killSchedulerAfter("primary-chosen", cluster.name(), primary);
            case SCHEDULER_KILLED_NAMED -> killSchedulerAfter("primary-named", cluster.name(), primary);
            case ZOOKEEPER_STOPPED -> stopZooKeeper(() -> {});
            case ZOOKEEPER_STOPPED_PRIMARY_KILLED -> stopZooKeeper(() -> kill(primary));
            case EVERYTHING_KILLED -> killEverything(cluster);
            case HOST_VANISHES, ISOLATED, REPLICATION_ONLY, CUT_FROM_SCHEDULER, REPLICA_ISOLATED, REPLICAS_ISOLATED ->
                new NetworkFaults(own().lab().network().orElseThrow()).inject(fault, cluster);
            case DISK_FULL, DISK_FROZEN, DISK_STUCK, DISK_READ_ONLY -> disks().inject(fault);
        };
    }

    private static Relief kill(long process) {
        Signals.kill(List.of(process));
        return NOTHING;
    }

    private static Relief hang(List<Long> processes) throws IOException, InterruptedException {
        Signals.stop(processes);
        return () -> Signals.goOn(processes);
    }

    private Relief killReplica(String replica) throws IOException, InterruptedException {
        long former = mysqld(replica);
        kill(former);
        await(
                START_LIMIT,
                () -> scene.processes()
                        .mysqld(replica)
                        .filter(now -> now != former)
                        .isPresent());
        return NOTHING;
    }

    private Relief killForGood(String replica) throws IOException, InterruptedException {
        Relief relief = hang(List.of(scene.processes()
                .executor(replica)
                .orElseThrow(() -> new IOException("the executor of " + replica + " does not run"))));
        kill(mysqld(replica));
        return relief;
    }

    private Relief killWhileAStatementWaits(Cluster cluster, long primary) throws IOException, InterruptedException {
        AccountStatement statement = AccountStatement.at(cluster, database);
        Relief goOn = hang(mysqlds(replicas(cluster)));
        try {
            statement.begin();
            kill(primary);
        } finally {
            goOn.relieve();
        }
        return statement::end;
    }

    private Relief killReplicasUnderAStatement(Cluster cluster) throws IOException, InterruptedException {
        List<Long> replicas = mysqlds(replicas(cluster));
        AccountStatement statement = AccountStatement.at(cluster, database);
        Signals.stop(replicas);
        try {
            statement.begin();
        } finally {
            Signals.kill(replicas);
        }
        return statement::end;
    }

    private Relief killScheduler(BooleanSupplier moment) throws InterruptedException {
        await(NOTICE_LIMIT, moment);
        ThrowawayScheduler scheduler = own().scheduler();
        scheduler.kill();
        scheduler.startAgain();
        return NOTHING;
    }

    /** @param kind of the event after which the scheduler is killed */
    private Relief killSchedulerAfter(String kind, String cluster, long primary) throws InterruptedException {
        long last = scene.client().get().events(cluster, 0).value().events().stream()
                .mapToLong(event -> event.sequence())
                .max()
                .orElse(0);
        kill(primary);
        return killScheduler(() -> scene.client().get().events(cluster, last).value().events().stream()
                .anyMatch(event -> event.kind().equals(kind)));
    }

    private Relief stopZooKeeper(Meanwhile meanwhile) throws IOException, InterruptedException {
        own().zooKeeper().orElseThrow().off();
        Thread.sleep(UNTIL_THE_PRIMARY_IS_KILLED_TOO);
        meanwhile.happen();
        Thread.sleep(WITHOUT_ZOOKEEPER.minus(UNTIL_THE_PRIMARY_IS_KILLED_TOO));
        own().zooKeeper().orElseThrow().on();
        return NOTHING;
    }

    @FunctionalInterface
    private interface Meanwhile {
        void happen() throws IOException, InterruptedException;
    }

    private Relief killEverything(Cluster cluster) throws IOException {
        List<Long> executors = scene.processes().executors(cluster.name());
        List<Long> servers =
                mysqlds(cluster.instances().stream().map(Instance::id).toList());
        own().zooKeeper().ifPresent(zooKeeper -> zooKeeper.off());
        own().scheduler().kill();
        Signals.kill(executors);
        Signals.kill(servers);
        own().zooKeeper().ifPresent(zooKeeper -> zooKeeper.on());
        own().scheduler().startAgain();
        return NOTHING;
    }

    private Scene.Own own() {
        return scene.own()
                .orElseThrow(() -> new IllegalArgumentException("The scheduler and ZooKeeper are somebody else's."));
    }

    private String state(String cluster) {
        return scene.client().get().cluster(cluster).value().state();
    }

    private static void await(Duration limit, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!holds(condition) && System.nanoTime() - deadline < 0) {
            Thread.sleep(LOOK);
        }
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (Failure nobodyAnswers) {
            return false;
        }
    }

    private static List<String> replicas(Cluster cluster) {
        String primary = cluster.primary().orElseThrow();
        List<String> replicas = cluster.inSync().members().stream()
                .filter(member -> !member.equals(primary))
                .toList();
        if (replicas.isEmpty()) {
            throw new IllegalArgumentException("There is no in-sync replica.");
        }
        return replicas;
    }

    private List<Long> mysqlds(List<String> instances) throws IOException {
        List<Long> processes = new ArrayList<>();
        for (String instance : instances) {
            processes.add(mysqld(instance));
        }
        return processes;
    }

    private long mysqld(String instance) throws IOException {
        return scene.processes()
                .mysqld(instance)
                .orElseThrow(() -> new IOException("the mysqld of " + instance + " does not run"));
    }
}
