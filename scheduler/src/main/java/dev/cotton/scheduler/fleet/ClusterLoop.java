package dev.cotton.scheduler.fleet;

import dev.cotton.core.control.Assessment;
import dev.cotton.core.control.Observation;
import dev.cotton.core.control.Planner.Step;
import dev.cotton.core.control.Requests;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.Operation.Outcome;
import dev.cotton.core.port.StateStore.DeposedException;
import dev.cotton.core.port.StateStore.NameTakenException;
import dev.cotton.core.port.StateStore.OutcomeUnknownException;
import dev.cotton.core.port.StateStore.StaleRecordException;
import dev.cotton.core.port.StateStore.StateException;
import dev.cotton.scheduler.fleet.Fleet.Happened;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One cluster's loop: gather, assess, plan, persist, act. Its thread alone owns the cluster's record; requests come to
 * it through a mailbox. Woken by news and by a slow tick.
 */
final class ClusterLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterLoop.class);
    private static final Duration TICK = Duration.ofMillis(500);

    /** While an operation is under way: some of what it waits for is no news, such as a first heartbeat. */
    private static final Duration QUICK_TICK = Duration.ofMillis(50);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int STEPS_A_CYCLE = 16;

    /** Who is told of what happens in a loop. Called on the loop's thread; must return soon. */
    interface Audience {
        void happened(Happened event);

        /** The record is gone; the loop has ended. */
        void ended(ClusterRecord last);

        /** The cluster is in the bin and has an heir. Called again until it has begun. */
        void heirWaits();

        /** Another leader writes this record now; the loop has ended. */
        void deposed();
    }

    private final Outside outside;
    private final Audience audience;
    private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Gathering gathering;
    private final Acting acting;
    private final Thread thread;
    private ClusterRecord record;
    private boolean inDoubt;
    private volatile ClusterView view;
    private volatile boolean stopped;

    private ClusterLoop(ClusterRecord first, Outside outside, Audience audience) {
        this.record = first;
        this.outside = outside;
        this.audience = audience;
        this.gathering = new Gathering(outside, this::wake);
        this.acting = new Acting(outside, this::wake);
        Observation unseen = Observation.beginning(outside.wall().instant(), first.members());
        this.view = new ClusterView(first, unseen, outside.planner().assess(first, unseen));
        this.thread = Thread.ofVirtual().name("cluster-" + first.name()).unstarted(this::run);
    }

    /** Starts a loop for a record that is persisted under this leader's term. */
    static ClusterLoop start(ClusterRecord first, Outside outside, Audience audience) {
        ClusterLoop loop = new ClusterLoop(first, outside, audience);
        loop.wake();
        loop.thread.start();
        return loop;
    }

    /** What was so at the end of the last cycle. */
    ClusterView view() {
        return view;
    }

    /** Has the loop look again soon. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            mailbox.add(() -> woken.set(false));
        }
    }

    /**
     * Changes the record on the loop's thread and persists it.
     *
     * @param request gives the next record, one version on; throws {@link Refusal} when it is not allowed
     * @return the record that was persisted
     */
    ClusterRecord request(UnaryOperator<ClusterRecord> request) {
        CompletableFuture<ClusterRecord> done = new CompletableFuture<>();
        mailbox.add(() -> answer(request, done));
        try {
            return done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.ExecutionException failed) {
            throw failed.getCause() instanceof Refusal refusal ? refusal : notReady("It could not be written down.");
        } catch (java.util.concurrent.TimeoutException slow) {
            throw notReady("The state store takes long; ask again to see whether it was written.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw notReady("The scheduler is stopping.");
        }
    }

    private static Refusal notReady(String why) {
        return new Refusal(Refusal.Code.NOT_READY, why);
    }

    private void answer(UnaryOperator<ClusterRecord> request, CompletableFuture<ClusterRecord> done) {
        try {
            ClusterRecord next = request.apply(record);
            if (next.equals(record) || persist(next)) {
                done.complete(record);
            } else {
                done.completeExceptionally(notReady("Another change came first; ask again."));
            }
        } catch (NameTakenException taken) {
            done.completeExceptionally(
                    new Refusal(Refusal.Code.EXISTS, "name", "Another cluster is named " + record.name() + " now."));
        } catch (RuntimeException failed) {
            done.completeExceptionally(failed);
        }
    }

    private void run() {
        MDC.put("cluster", record.name().value());
        try (gathering) {
            while (!stopped) {
                Runnable letter = mailbox.poll(tick().toMillis(), TimeUnit.MILLISECONDS);
                while (letter != null && !stopped) {
                    letter.run();
                    letter = mailbox.poll();
                }
                if (!stopped) {
                    cycleSafely();
                }
            }
        } catch (InterruptedException interrupted) {
            LOG.debug("The loop of {} was interrupted.", record.name());
        }
    }

    private Duration tick() {
        return record.operations().stream().anyMatch(operation -> operation.outcome() == Outcome.RUNNING)
                ? QUICK_TICK
                : TICK;
    }

    private void cycleSafely() {
        try {
            cycle();
        } catch (StateException unwritten) {
            LOG.warn("Nothing was changed: {}", unwritten.getMessage());
        } catch (RuntimeException failed) {
            LOG.error("A cycle of {} failed; nothing follows from it, and it is tried again.", record.name(), failed);
        }
    }

    private void cycle() {
        if (inDoubt && !reread()) {
            return;
        }
        Observation observation = gathering.observe(record);
        for (int steps = 0; steps < STEPS_A_CYCLE; steps++) {
            Optional<Step> step = outside.planner().next(record, observation);
            if (step.isEmpty()) {
                break;
            }
            LOG.info("{}", step.get().why());
            if (!persist(step.get().next().orElse(null))) {
                return;
            }
        }
        Assessment assessment = outside.planner().assess(record, observation);
        view = new ClusterView(record, observation, assessment);
        acting.act(record, outside.planner().effects(record, observation));
        if (record.phase() == ClusterRecord.Phase.BINNED && record.heir().isPresent()) {
            audience.heirWaits();
        }
    }

    /** Whether {@code next} (or, when null, the record's removal) is persisted and the loop goes on. */
    private boolean persist(@Nullable ClusterRecord next) {
        try {
            if (next == null) {
                outside.store().remove(record);
                stopped = true;
                audience.ended(record);
                return false;
            }
            outside.store().replace(record, next);
            accept(next);
            return true;
        } catch (DeposedException deposed) {
            stopped = true;
            audience.deposed();
            return false;
        } catch (StaleRecordException stale) {
            LOG.warn("The record was changed elsewhere: {}", stale.getMessage());
            inDoubt = true;
            return false;
        } catch (OutcomeUnknownException unknown) {
            // safety: nothing may follow from a write whose outcome is not known
            inDoubt = true;
            return reread() && next != null && record.equals(next);
        }
    }

    private void accept(ClusterRecord next) {
        long told = record.events().isEmpty() ? 0 : record.events().getLast().sequence();
        record = next;
        view = new ClusterView(next, view.observation(), outside.planner().assess(next, view.observation()));
        for (Event event : next.events()) {
            if (event.sequence() > told) {
                audience.happened(new Happened(next.name(), event));
            }
        }
    }

    private boolean reread() {
        Optional<ClusterRecord> stored = outside.store().read(record.uid());
        if (stored.isEmpty()) {
            stopped = true;
            audience.ended(record);
            return false;
        }
        ClusterRecord now = stored.get();
        if (now.term() > record.term()) {
            stopped = true;
            audience.deposed();
            return false;
        }
        inDoubt = false;
        accept(now);
        return true;
    }

    /** Has the loop end soon: nothing more is written or sent. */
    void halt() {
        stopped = true;
        wake();
    }

    /** Ends the loop and waits a little for its thread; effects that are under way are let go. */
    @Override
    public void close() {
        halt();
        try {
            if (!thread.join(Duration.ofSeconds(3))) {
                thread.interrupt();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes a record over for a new leader: its first write under the new term. */
    static ClusterRecord takeOver(ClusterRecord stored, long term, Outside outside) {
        ClusterRecord next = Requests.takeOver(stored, term);
        outside.store().replace(stored, next);
        return next;
    }
}
