package dev.cotton.scheduler.fleet;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.port.StateStore.DeposedException;
import dev.cotton.scheduler.fleet.Fleet.Happened;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one leader does during one term: a loop for every cluster. Thread-safe. */
final class Reign implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reign.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final long term;
    private final LongFunction<Outside> opening;
    private final Feed feed;
    private final Past past;
    private final Runnable deposed;
    private final BiConsumer<Reign, ClusterLoop> heirs;
    private final TermDuty duty;
    private final Map<String, ClusterLoop> loops = new ConcurrentHashMap<>();
    private TermDuty.Going going = () -> {};
    private boolean over;
    private volatile @Nullable Outside outside;
    private volatile boolean ready;
    private volatile String trouble = "its clusters are being loaded";

    /**
     * @param opening makes what the leader of a term reaches the world through
     * @param deposed called, once and on a thread of its own, when another leader's writing is noticed
     * @param heirs called, on a thread of its own, when the heir of a cluster in the bin may begin
     * @param duty begun when all clusters are taken over
     */
    Reign(
            long term,
            LongFunction<Outside> opening,
            Feed feed,
            Past past,
            Runnable deposed,
            BiConsumer<Reign, ClusterLoop> heirs,
            TermDuty duty) {
        this.term = term;
        this.opening = opening;
        this.feed = feed;
        this.past = past;
        this.deposed = deposed;
        this.heirs = heirs;
        this.duty = duty;
    }

    long term() {
        return term;
    }

    /** Only once it is {@link #ready}. */
    Outside outside() {
        return Objects.requireNonNull(outside, "asked before it is ready");
    }

    /** Why it is not ready yet. */
    String trouble() {
        return trouble;
    }

    boolean ready() {
        return ready;
    }

    /** Takes all clusters over; goes on trying until that is done or the reign is over. */
    synchronized void takeOver() {
        try {
            while (!over && !tookOver()) {
                wait(RETRY.toMillis());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean tookOver() {
        try {
            Outside world = outside == null ? opened() : outside();
            for (ClusterRecord stored : world.store().load()) {
                if (!loops.containsKey(stored.uid())) {
                    begin(ClusterLoop.takeOver(stored, term, world));
                }
            }
            going = duty.begin(term, world, this::views);
            ready = true;
            LOG.info("Leading under term {} with {} clusters.", term, loops.size());
            return true;
        } catch (DeposedException lost) {
            Thread.ofVirtual().name("deposed-" + term).start(deposed);
            over = true;
            return false;
        } catch (RuntimeException failed) {
            trouble = String.valueOf(failed.getMessage());
            LOG.error("Could not take all clusters over yet: {} The databases go on.", trouble);
            return false;
        }
    }

    private Outside opened() {
        Outside world = opening.apply(term);
        outside = world;
        world.engine().onChange(() -> loops.values().forEach(ClusterLoop::wake));
        return world;
    }

    /** Starts the loop of a record that is persisted under this term. */
    synchronized void begin(ClusterRecord persisted) {
        if (!over) {
            loops.put(persisted.uid(), ClusterLoop.start(persisted, outside(), new Ears(persisted.uid())));
        }
    }

    List<ClusterView> views() {
        return loops.values().stream().map(ClusterLoop::view).toList();
    }

    Stream<ClusterRecord> records() {
        return views().stream().map(ClusterView::record);
    }

    /** The newest cluster whose record is {@code wanted}. */
    Optional<ClusterLoop> newest(Predicate<ClusterRecord> wanted) {
        return loops.values().stream()
                .filter(loop -> wanted.test(loop.view().record()))
                .max(java.util.Comparator.comparing(loop -> loop.view().record().createdAt()));
    }

    /** Ends all loops; the databases go on. */
    @Override
    public synchronized void close() {
        over = true;
        ready = false;
        notifyAll();
        going.close();
        loops.values().forEach(ClusterLoop::halt);
        loops.values().forEach(ClusterLoop::close);
        loops.clear();
        Outside world = outside;
        if (world != null) {
            world.close();
        }
    }

    /** What is heard of one loop. */
    private final class Ears implements ClusterLoop.Audience {
        private final String uid;
        private final AtomicBoolean succeeding = new AtomicBoolean();

        Ears(String uid) {
            this.uid = uid;
        }

        @Override
        public void happened(Happened event) {
            feed.publish(event);
        }

        @Override
        public void ended(ClusterRecord last) {
            past.remember(last, outside().wall().instant());
            loops.remove(uid);
        }

        @Override
        public void heirWaits() {
            ClusterLoop loop = loops.get(uid);
            if (loop != null && succeeding.compareAndSet(false, true)) {
                Thread.ofVirtual().name("heir-of-" + uid).start(() -> succeed(loop));
            }
        }

        private void succeed(ClusterLoop loop) {
            try {
                heirs.accept(Reign.this, loop);
            } catch (RuntimeException failed) {
                LOG.warn(
                        "The heir of {} could not begin yet, and is tried again.",
                        loop.view().record().name(),
                        failed);
            } finally {
                succeeding.set(false);
            }
        }

        @Override
        public void deposed() {
            Thread.ofVirtual().name("deposed-" + term).start(deposed);
        }
    }
}
