package dev.cotton.scheduler.engine.local;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.port.Engine.InstanceSpec;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Engine.Presence;
import dev.cotton.core.port.StateStore.DeposedException;
import dev.cotton.scheduler.engine.local.PlacedInstance.Goal;
import dev.cotton.scheduler.engine.local.placement.Placement;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one instance, on a virtual thread of its own: works towards the goal that was set last, and shows how far
 * it is. Everything but being told
 * something and {@link #place} happens on that thread.
 */
final class LocalInstance {
    private static final Logger LOG = LoggerFactory.getLogger(LocalInstance.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final InstanceId id;
    private final Workshop shop;
    private final Runnable onChange;
    private final Semaphore wake = new Semaphore(0);
    private final Supervisor supervisor;

    private @Nullable InstanceSpec spec;
    private Goal goal = Goal.RUN;
    private boolean finished;
    private volatile Place place = new Place(Presence.STARTING, "", Optional.empty(), "", "");
    private @Nullable PlacedInstance placed;
    private String isolation = "";
    private boolean atRest;
    private @Nullable Thread thread;

    /** @param onChange called after {@link #place} has changed */
    LocalInstance(InstanceId id, Workshop shop, Runnable onChange) {
        this.id = id;
        this.shop = shop;
        this.onChange = onChange;
        this.supervisor = new Supervisor(shop.launcher(), this::wake);
    }

    /** What was decided in an earlier life of the engine; before {@link #start}. */
    void resume(PlacedInstance known) {
        placed = known;
        goal = known.goal();
        shop.placement().remember(id, known.seat());
        boolean running = shop.launcher().running(id).isPresent();
        show(
                switch (known.goal()) {
                    case RUN -> running ? Presence.RUNNING : Presence.STARTING;
                    case BIN -> running ? Presence.RUNNING : Presence.BINNED;
                    case DESTROY -> Presence.RUNNING;
                },
                known.goal() == Goal.DESTROY ? "it is being destroyed" : "");
    }

    /**
     * Starts the thread, once; {@code onFinished} is called on it when nothing is left of the instance.
     *
     * @return whether it was started now
     */
    synchronized boolean start(Runnable onFinished) {
        if (thread != null) {
            return false;
        }
        thread = Thread.ofVirtual().name("engine-" + id).start(() -> live(onFinished));
        return true;
    }

    /**
     * Wants it to run.
     *
     * @return false when this life is over; another one has to begin
     * @throws IllegalStateException when it is being destroyed, or is another cluster's
     */
    synchronized boolean want(InstanceSpec wanted) {
        if (finished) {
            return false;
        }
        String cluster = placed != null ? placed.cluster() : spec != null ? spec.cluster() : wanted.cluster();
        if (goal == Goal.DESTROY || !cluster.equals(wanted.cluster())) {
            throw new IllegalStateException("An instance that was called " + id
                    + " is not gone yet. A name names one instance only: take another number.");
        }
        spec = wanted;
        if (goal != Goal.RUN) {
            goal = Goal.RUN;
            wake();
        }
        return true;
    }

    /** Wants it ended. Being destroyed cannot be undone. */
    synchronized void want(Goal ending) {
        if (goal != Goal.DESTROY && goal != ending) {
            goal = ending;
            wake();
        }
    }

    Place place() {
        return place;
    }

    /** Look again now. */
    void wake() {
        wake.release();
    }

    /** Tells the thread to stop, and to leave running what runs. */
    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Waits until the thread has stopped, at most five seconds. */
    void join() {
        Thread running = thread();
        try {
            if (running != null && !running.join(CLOSING)) {
                LOG.warn("{}: the engine's thread does not stop", id);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Thread thread() {
        return thread;
    }

    private void live(Runnable onFinished) {
        while (!Thread.currentThread().isInterrupted()) {
            Goal aim = aim();
            try {
                Optional<Duration> again = step(aim);
                if (again.isEmpty() && finish(aim)) {
                    onFinished.run();
                    return;
                }
                await(again.orElse(Duration.ZERO));
            } catch (InterruptedException | InterruptedIOException stopped) {
                return;
            } catch (DeposedException deposed) {
                LOG.warn("{}: {}", id, deposed.getMessage());
                return;
            } catch (IOException | RuntimeException failed) {
                if (!troubled(failed)) {
                    return;
                }
            }
        }
    }

    /** @return false when the thread was told to stop */
    private boolean troubled(Exception failed) {
        LOG.debug("{} cannot go on now", id, failed);
        show(
                placed == null ? Presence.WAITING : place.presence(),
                failed.getMessage() == null ? failed.toString() : failed.getMessage());
        try {
            await(LOOK_AGAIN);
            return true;
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    private synchronized Goal aim() {
        return goal;
    }

    private synchronized boolean finish(Goal reached) {
        finished = goal == reached;
        return finished;
    }

    private void await(Duration limit) throws InterruptedException {
        if (wake.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            wake.drainPermits();
        }
    }

    /** @return when to look again; empty when nothing is left to be done, ever */
    private Optional<Duration> step(Goal aim) throws IOException, InterruptedException {
        PlacedInstance known = placed;
        if (known != null) {
            Optional<String> away = shop.away(known);
            if (away.isPresent()) {
                show(Presence.UNREACHABLE, away.get());
                return Optional.of(LOOK_AGAIN);
            }
        }
        return switch (aim) {
            case RUN -> Optional.of(run());
            case BIN -> bin();
            case DESTROY -> destroy();
        };
    }

    private Duration run() throws IOException, InterruptedException {
        if (place.presence() == Presence.LOST) {
            return LOOK_AGAIN;
        }
        Placement.Outcome outcome = seat();
        return switch (outcome) {
            case Placement.Outcome.Lacking(String why) -> {
                show(Presence.WAITING, why);
                yield LOOK_AGAIN;
            }
            case Placement.Outcome.Seated(Placement.Seat seat) -> run(seat);
        };
    }

    private Placement.Outcome seat() throws IOException {
        PlacedInstance known = placed;
        if (known != null) {
            return shop.placement().seat(id, known.cluster(), known.resources());
        }
        InstanceSpec wanted = wanted();
        return shop.placement().seat(id, wanted.cluster(), wanted.resources());
    }

    private synchronized InstanceSpec wanted() {
        if (spec == null) {
            throw new IllegalStateException(id + " has neither a record nor a wish.");
        }
        return spec;
    }

    private Duration run(Placement.Seat seat) throws IOException, InterruptedException {
        PlacedInstance known = placed;
        if (known == null) {
            known = shop.settleDown(wanted(), seat);
            placed = known;
            show(Presence.STARTING, "");
        } else if (known.goal() != Goal.RUN) {
            known = save(known.withGoal(Goal.RUN));
            show(Presence.STARTING, "");
        }
        atRest = false;
        shop.storage().settle(id);
        if (!shop.storage().whole(id)) {
            shop.endProcesses(id);
            show(Presence.LOST, "its folder or its data are gone from disk");
            return LOOK_AGAIN;
        }
        Supervisor.Look look = supervisor.look(known, shop.host(known));
        isolation = look.isolation();
        show(Presence.RUNNING, look.why());
        return look.again();
    }

    private Optional<Duration> bin() throws IOException, InterruptedException {
        PlacedInstance known = placed;
        if (known == null) {
            shop.placement().free(id);
            return Optional.empty();
        }
        if (known.goal() != Goal.BIN) {
            known = save(known.withGoal(Goal.BIN));
        }
        if (!atRest) {
            shop.endProcesses(id);
        }
        boolean kept = shop.storage().bin(id);
        atRest = true;
        shop.placement().rest(id);
        isolation = "";
        show(kept ? Presence.BINNED : Presence.LOST, kept ? "" : "its folder is gone from disk");
        return Optional.of(LOOK_AGAIN);
    }

    private Optional<Duration> destroy() throws IOException, InterruptedException {
        PlacedInstance known = placed;
        if (known != null && known.goal() != Goal.DESTROY) {
            known = save(known.withGoal(Goal.DESTROY));
        }
        shop.endProcesses(id);
        if (known != null) {
            shop.destroyQuarantineAfterLast(known);
        }
        shop.storage().destroy(id);
        shop.records().remove(id.toString());
        shop.placement().free(id);
        return Optional.empty();
    }

    private PlacedInstance save(PlacedInstance next) {
        shop.records().save(next);
        placed = next;
        return next;
    }

    private void show(Presence presence, String why) {
        PlacedInstance known = placed;
        Optional<Ports> ports = Optional.ofNullable(known).map(PlacedInstance::ports);
        Place next = new Place(presence, known == null ? "" : known.host(), ports, isolation, why);
        Place before = place;
        place = next;
        if (presence != before.presence() || !why.equals(before.why())) {
            LOG.info("{} is {}{}", id, presence, why.isEmpty() ? "" : ": " + why);
        }
        if (!next.equals(before)) {
            onChange.run();
        }
    }
}
