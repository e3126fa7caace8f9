package dev.cotton.scheduler.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cotton.core.port.Leadership;
import dev.cotton.core.port.StateStore.StateException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elects one of several schedulers. Curator's latch says who should lead; that is a hint. Who may write is settled by
 * the term: it is raised by compare-and-set in a transaction that fails unless this scheduler's place at the head of the
 * queue still exists, and every write of the {@link ZooKeeperStateStore} on the same connection checks it.
 *
 * <p>Everything happens on one thread of its own, one thing after the other.
 */
public final class ZooKeeperLeadership implements Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperLeadership.class);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);

    private final ZooKeeperConnection connection;
    private final CuratorCache leader;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("leadership").daemon().factory());

    // Touched by the thread only.
    private @Nullable Candidacy candidacy;
    private boolean leading;

    /** An election that was joined. */
    private record Candidacy(String url, Listener listener, LeaderLatch latch) {}

    public ZooKeeperLeadership(ZooKeeperConnection connection) {
        this.connection = connection;
        this.leader = CuratorCache.build(
                connection.curator(), connection.layout().leader(), CuratorCache.Options.SINGLE_NODE_CACHE);
        leader.start();
        connection.term().onForfeit(lost -> later(() -> standAgain(lost)));
    }

    @Override
    public void join(String url, Listener listener) {
        later(() -> {
            if (candidacy != null) {
                throw new IllegalStateException("This scheduler has joined the election already.");
            }
            stand(url, listener);
        });
    }

    @Override
    public Optional<String> leader() {
        return leader.get(connection.layout().leader()).map(node -> new String(node.getData(), UTF_8));
    }

    private void stand(String url, Listener listener) {
        LeaderLatch latch =
                new LeaderLatch(connection.curator(), connection.layout().election(), url);
        Candidacy next = new Candidacy(url, listener, latch);
        candidacy = next;
        latch.addListener(
                new LeaderLatchListener() {
                    @Override
                    public void isLeader() {
                        later(() -> won(next));
                    }

                    @Override
                    public void notLeader() {
                        later(() -> lost(next));
                    }
                },
                Runnable::run);
        try {
            latch.start();
        } catch (Exception e) {
            throw new StateException("The election could not be joined.", e);
        }
    }

    private void won(Candidacy won) {
        while (!leading && won.equals(candidacy) && won.latch().hasLeadership()) {
            Optional<LeaderTerm.Held> held = raise(won);
            if (held.isPresent()) {
                leading = true;
                connection.term().take(held.orElseThrow());
                won.listener().elected(held.orElseThrow().number());
                return;
            }
            pause();
        }
    }

    /** Begins the next term; empty when that did not work, or when nobody knows whether it did. */
    private Optional<LeaderTerm.Held> raise(Candidacy won) {
        try {
            return new TermRaise(connection, won.latch().getLastPathIsLeader(), won.url()).attempt();
        } catch (StateException e) {
            LOG.warn("This scheduler was elected and could not begin its term yet: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private void lost(Candidacy from) {
        if (leading && from.equals(candidacy)) {
            leading = false;
            connection.term().drop();
            from.listener().deposed();
        }
    }

    /** Another leader has begun a term although this scheduler heads the queue: it goes to the end of it. */
    private void standAgain(LeaderTerm.Held lost) {
        Candidacy former = candidacy;
        if (former == null || !connection.term().held().equals(Optional.of(lost))) {
            return;
        }
        lost(former);
        leave(former);
        stand(former.url(), former.listener());
    }

    private void leave(Candidacy former) {
        try {
            former.latch().close(LeaderLatch.CloseMode.SILENT);
        } catch (IOException | IllegalStateException e) {
            LOG.warn("The election could not be left in order; the session's end will do it.", e);
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void later(Runnable step) {
        try {
            thread.execute(() -> {
                try {
                    step.run();
                } catch (RuntimeException e) {
                    LOG.error("Leadership failed at a step; the term protects what is stored.", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("Leadership is closed.");
        }
    }

    /** Gives up the lead, if it is held, so that another scheduler can have it at once. */
    @Override
    public void close() {
        later(() -> {
            Candidacy last = candidacy;
            if (last != null) {
                if (leading) {
                    TermRaise.withdraw(connection);
                }
                lost(last);
                leave(last);
                candidacy = null;
            }
        });
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LONGEST_GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
        leader.close();
    }
}
