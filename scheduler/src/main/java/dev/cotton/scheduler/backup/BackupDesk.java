package dev.cotton.scheduler.backup;

import dev.cotton.core.backup.BackupRecord;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.port.StateStore.StateException;
import dev.cotton.scheduler.fleet.ClusterView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backups of all clusters during one leader's term: a {@link BackupLoop} for each, looked at every second, those that take
 * long keeping nobody waiting. Thread-safe.
 */
final class BackupDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackupDesk.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration SWEEP = Duration.ofDays(1);
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final BackupDuty duty;
    private final Supplier<List<ClusterView>> clusters;
    private final Map<String, BackupLoop> loops = new ConcurrentHashMap<>();
    private final Map<String, Archiving> archives = new ConcurrentHashMap<>();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private boolean loaded;
    private Instant looked = Instant.EPOCH;
    private Instant swept = Instant.EPOCH;

    /** @param clusters all that there are, with those in the bin */
    BackupDesk(BackupDuty duty, Supplier<List<ClusterView>> clusters) {
        this.duty = duty;
        this.clusters = clusters;
        this.thread = Thread.ofVirtual().name("backups-" + duty.term()).unstarted(this::run);
    }

    BackupDesk start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (true) {
                tick();
                Thread.sleep(TICK);
            }
        } catch (InterruptedException end) {
            LOG.debug("The backups of term {} are looked after no more.", duty.term());
        }
    }

    private void tick() {
        try {
            Instant now = duty.outside().wall().instant();
            if (!loaded) {
                duty.records().load().forEach(record -> loops.put(record.uid(), new BackupLoop(duty, record)));
                loaded = true;
            }
            if (Duration.between(looked, now).compareTo(LOOK) > 0) {
                looked = now;
                aside("catalog", duty.catalog()::refresh);
            }
            if (Duration.between(swept, now).compareTo(SWEEP) > 0) {
                swept = now;
                aside("remains", duty.catalog()::removeRemains);
            }
            List<ClusterView> views = clusters.get();
            views.forEach(this::loop);
            loops.forEach((uid, loop) -> aside(uid, () -> loop.cycle(running(views, uid), now)));
            views.stream().filter(view -> view.record().holdsName()).forEach(this::archive);
            forgetThoseGone(views);
        } catch (StateException unread) {
            LOG.warn("The backups cannot be looked after yet: {}", unread.getMessage());
        }
    }

    private void archive(ClusterView view) {
        String uid = view.record().uid();
        Archiving archiving = archives.computeIfAbsent(uid, _ -> new Archiving(duty));
        aside("archive of " + uid, () -> archiving.cycle(view));
    }

    /** The records of clusters of which nothing is left; their backups stay. */
    private void forgetThoseGone(List<ClusterView> views) {
        for (BackupLoop loop : loops()) {
            String uid = loop.record().uid();
            boolean gone = views.stream().noneMatch(view -> view.record().uid().equals(uid));
            if (gone && loop.record().run().isEmpty() && !busy.contains(uid)) {
                duty.records().remove(uid);
                loops.remove(uid);
                archives.remove(uid);
            }
        }
    }

    private static Optional<ClusterView> running(List<ClusterView> views, String uid) {
        return views.stream()
                .filter(view -> view.record().uid().equals(uid) && view.record().holdsName())
                .findFirst();
    }

    /** On a thread of its own, unless the same is under way. */
    private void aside(String what, Runnable work) {
        if (busy.add(what)) {
            Thread.ofVirtual().name("backup-" + what).start(() -> {
                try {
                    work.run();
                } catch (RuntimeException failed) {
                    LOG.warn("A look at backups ({}) failed, and is tried again.", what, failed);
                } finally {
                    busy.remove(what);
                }
            });
        }
    }

    /** Of the cluster; made when it is new. */
    BackupLoop loop(ClusterView view) {
        ClusterRecord cluster = view.record();
        return loops.computeIfAbsent(
                cluster.uid(), uid -> new BackupLoop(duty, BackupRecord.first(cluster.name(), uid)));
    }

    /** Of the cluster with that uid, which may be gone. */
    Optional<BackupLoop> loop(String uid) {
        return Optional.ofNullable(loops.get(uid));
    }

    List<BackupLoop> loops() {
        return List.copyOf(loops.values());
    }

    List<ClusterView> clusters() {
        return clusters.get();
    }

    /** Ends it; what is under way at executors goes on. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(FAREWELL);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
