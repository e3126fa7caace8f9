package dev.cotton.scheduler.app;

import dev.cotton.core.backup.BackupRecord;
import dev.cotton.core.control.Planner;
import dev.cotton.core.storage.BackupStores;
import dev.cotton.core.wire.ExecutorConfig.Programs;
import dev.cotton.scheduler.backup.LiveBackups;
import dev.cotton.scheduler.backup.NoBackups;
import dev.cotton.scheduler.engine.mesos.Tally;
import dev.cotton.scheduler.fleet.Backups;
import dev.cotton.scheduler.fleet.LiveFleet;
import dev.cotton.scheduler.fleet.Origins;
import dev.cotton.scheduler.fleet.Outside;
import dev.cotton.scheduler.fleet.TermDuty;
import dev.cotton.scheduler.link.ExecutorLinks;
import dev.cotton.scheduler.rest.RestServer;
import dev.cotton.scheduler.rest.Surroundings;
import dev.cotton.scheduler.security.CertificateAuthority;
import dev.cotton.scheduler.security.Keyring;
import dev.cotton.scheduler.zookeeper.ZooKeeperAuthority;
import dev.cotton.scheduler.zookeeper.ZooKeeperConnection;
import dev.cotton.scheduler.zookeeper.ZooKeeperEngineRecords;
import dev.cotton.scheduler.zookeeper.ZooKeeperLeadership;
import dev.cotton.scheduler.zookeeper.ZooKeeperStateStore;
import dev.cotton.scheduler.zookeeper.ZooKeeperUrl;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One scheduler process: stands for election, serves the API, and looks after all clusters while it leads. */
public final class Scheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
    private static final ZooKeeperEngineRecords.Kind<BackupRecord> BACKUPS = new ZooKeeperEngineRecords.Kind<>(
            ZooKeeperEngineRecords.BACKUPS, BackupRecord.class, BackupRecord.SCHEMA, BackupRecord::uid);
    private static final Duration DETACHED_LIMIT = Duration.ofSeconds(3);

    private final InstantSource wall = InstantSource.system();
    private final CompletableFuture<Hopeless> hopeless = new CompletableFuture<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final SchedulerSettings settings;
    private final Engines engines;
    private final Keyring keyring;
    private final ZooKeeperConnection connection;
    private final CertificateAuthority authority;
    private final RestServer rest;

    private Scheduler(SchedulerSettings settings, Supplier<Programs> mysql) {
        this.settings = settings;
        this.keyring = Keyring.open(settings.keyFile(), settings.makeKey());
        try {
            this.connection = opened(ZooKeeperConnection.open(ZooKeeperUrl.parse(settings.zkUrl())));
            this.authority = authority();
            this.engines = opened(Engines.of(settings.engine(), connection, keyring, mysql, hopeless::complete));
            Optional<LiveBackups> backups =
                    settings.backups().map(wanted -> opened(new LiveBackups(wanted, BackupStores.ofThisProgram())));
            LiveFleet fleet = opened(new LiveFleet(this::outside, duty(backups), wall));
            ZooKeeperLeadership leadership = opened(new ZooKeeperLeadership(connection));
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            opened(ProcessMeters.in(registry));
            engines.tally().ifPresent(tally -> MesosMeters.show(tally, registry));
            this.rest =
                    opened(new RestServer(settings.rest(), fleet, surroundings(leadership, fleet, backups), registry));
            rest.start();
            leadership.join(rest.url(), fleet);
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /**
     * Starts a scheduler; it leads as soon as it is elected.
     *
     * @param mysql what instances run; asked before the first one is made, and may take long
     * @throws RuntimeException with a sentence for the user when it cannot start; nothing is left running then
     */
    public static Scheduler start(SchedulerSettings settings, Supplier<Programs> mysql) {
        return new Scheduler(settings, mysql);
    }

    /** Where people and programs reach the API. */
    public String url() {
        return rest.url();
    }

    /** Completed when this scheduler can never do its work as it was started; it is to be closed then. */
    public CompletableFuture<Hopeless> hopeless() {
        return hopeless.copy();
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    private CertificateAuthority authority() {
        String sealed = new ZooKeeperAuthority(connection)
                .sealed(() -> CertificateAuthority.generate(wall).seal(keyring));
        return CertificateAuthority.open(keyring, sealed, wall);
    }

    /** Backups are looked after by who leads. */
    private TermDuty duty(Optional<LiveBackups> backups) {
        return backups.<TermDuty>map(all -> (term, outside, clusters) ->
                        all.lead(term, outside, new ZooKeeperEngineRecords<>(connection, BACKUPS), clusters))
                .orElse(TermDuty.NONE);
    }

    private Surroundings surroundings(ZooKeeperLeadership leadership, LiveFleet fleet, Optional<LiveBackups> backups) {
        NoBackups none = new NoBackups();
        return new Surroundings(
                fleet::ready,
                leadership::leader,
                connection.url()::clusterUrl,
                () -> Optional.of(authority.pem()),
                backups.<Backups>map(all -> all).orElse(none),
                backups.<Origins>map(all -> all).orElse(none),
                () -> engines.tally().map(Tally::figures),
                settings.version());
    }

    /** What a leader of {@code term} works with; nothing of it outlives the term. */
    private Outside outside(long term) {
        LOG.info("Elected for term {}.", term);
        ZooKeeperStateStore store = new ZooKeeperStateStore(connection);
        store.foreignState().ifPresent(LOG::warn);
        return new Outside(
                store,
                engines.open(),
                new ExecutorLinks(authority, wall),
                new KeyringSecrets(keyring),
                new Planner(new Planner.Settings(settings.binRetention(), DETACHED_LIMIT)),
                wall);
    }

    /** Gives up the lead and stops serving; databases go on. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception failed) {
                LOG.warn("A part of the scheduler did not stop in order.", failed);
            }
        }
    }
}
