package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.Event;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.Resources;
import dev.cotton.core.port.Engine;
import dev.cotton.core.port.StateStore.DeposedException;
import dev.cotton.scheduler.engine.EngineRecords;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Goal;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster;
import dev.cotton.scheduler.engine.mesos.survey.Survey;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine for a fleet. It lives for one leadership: opened when this scheduler is elected, closed when it is deposed.
 * Tasks outlive it. One loop, on a thread of its own, owns all that it knows.
 */
public final class MesosEngine implements Engine {
    private static final Logger LOG = LoggerFactory.getLogger(MesosEngine.class);
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Conversation conversation;
    private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    private final Map<InstanceId, Wanted> wanted = new ConcurrentHashMap<>();
    private final Map<InstanceId, Place> places = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final MesosMaster master;
    private final Tally tally;
    private final Thread loop;
    private final MesosSettings settings;
    private final Survey survey;
    private volatile Collection<String> roles;
    private volatile Capacity capacity;
    private volatile boolean closed;

    /** What was asked for last. */
    private record Wanted(String cluster, Goal goal) {}

    private MesosEngine(MesosSettings settings, Conversation conversation, MesosMaster master, Tally tally) {
        this.settings = settings;
        this.conversation = conversation;
        this.master = master;
        this.tally = tally;
        this.roles = conversation.roles();
        this.survey = new Survey(master, () -> roles, Survey.Pace.ORDINARY, System::nanoTime);
        this.capacity = conversation.capacity();
        conversation.instances().forEach(known -> wanted.put(known.id(), new Wanted(known.cluster(), known.goal())));
        places.putAll(conversation.places());
        this.loop = Thread.ofVirtual().name("mesos-engine").unstarted(this::run);
    }

    /**
     * Reads what is known, registers with the master and goes on with what was begun.
     *
     * @param master not started yet; closed with this
     * @throws dev.cotton.core.port.StateStore.StateException when the records cannot be read
     */
    public static MesosEngine open(
            MesosSettings settings,
            EngineRecords<MesosInstance> instances,
            EngineRecords<Framework> framework,
            TokenSeal seal,
            MesosMaster master,
            Tally tally) {
        try {
            Fleet fleet = new Fleet(settings, new PatientRecords<>(instances), seal, tally, System::nanoTime);
            Conversation conversation =
                    new Conversation(settings, fleet, new PatientRecords<>(framework), master, tally);
            MesosEngine engine = new MesosEngine(settings, conversation, master, tally);
            if (conversation.maySubscribe()) {
                master.start(Optional.of(conversation.frameworkId()), engine.new Ears());
            }
            engine.loop.start();
            engine.survey.start();
            return engine;
        } catch (RuntimeException failed) {
            master.close();
            throw failed;
        }
    }

    /** Everything that the master says goes to the loop. */
    private final class Ears implements MesosMaster.Listener {
        @Override
        public void subscribed(String frameworkId) {
            work.add(() -> conversation.subscribed(frameworkId));
        }

        @Override
        public void event(Event event) {
            work.add(() -> conversation.heard(event));
        }

        @Override
        public void disconnected(String why) {
            work.add(() -> conversation.disconnected(why));
        }

        @Override
        public void refused(MesosMaster.Refusal refusal) {
            work.add(() -> conversation.refused(refusal));
        }
    }

    private void run() {
        try {
            while (!closed) {
                Runnable next = work.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
                while (next != null) {
                    step(next);
                    next = work.poll();
                }
                step(conversation::tick);
                publish();
            }
        } catch (InterruptedException stopped) {
            LOG.debug("The engine's loop is told to stop.");
        } catch (DeposedException deposed) {
            LOG.warn("The engine for Mesos stops: {}", deposed.getMessage());
        }
    }

    /** What goes wrong in one step is no reason to look after nothing any more: all that is known is persisted. */
    private void step(Runnable step) {
        try {
            step.run();
        } catch (DeposedException deposed) {
            throw deposed;
        } catch (RuntimeException failed) {
            if (!closed) {
                LOG.error("A step of the engine for Mesos failed; it goes on with the next one.", failed);
            }
        }
    }

    private void publish() {
        Map<InstanceId, Place> now = conversation.places();
        capacity = conversation.capacity();
        roles = conversation.roles();
        boolean news = places.keySet().removeIf(id -> !now.containsKey(id) && work.isEmpty());
        for (Map.Entry<InstanceId, Place> entry : now.entrySet()) {
            news |= !entry.getValue().equals(places.put(entry.getKey(), entry.getValue()));
        }
        wanted.keySet().removeIf(id -> !places.containsKey(id));
        if (news) {
            listeners.forEach(Runnable::run);
        }
    }

    /** @throws IllegalStateException when that instance is being destroyed, or is another cluster's; nothing changed */
    @Override
    public void apply(InstanceSpec spec) {
        checkOpen();
        wanted.compute(spec.id(), (id, before) -> {
            if (before != null
                    && (before.goal() == Goal.DESTROY || !before.cluster().equals(spec.cluster()))) {
                throw new IllegalStateException("An instance that was called " + id
                        + " is not gone yet. A name names one instance only: take another number.");
            }
            return new Wanted(spec.cluster(), Goal.RUN);
        });
        work.add(() -> conversation.want(spec));
        if (places.putIfAbsent(spec.id(), new Place(Presence.STARTING, "", Optional.empty(), "", "")) == null) {
            listeners.forEach(Runnable::run);
        }
    }

    @Override
    public void release(InstanceId id, Disposal disposal) {
        checkOpen();
        Goal goal = switch (disposal) {
            case KEEP -> Goal.BIN;
            case DESTROY -> Goal.DESTROY;
        };
        wanted.computeIfPresent(
                id, (_, before) -> new Wanted(before.cluster(), before.goal() == Goal.DESTROY ? Goal.DESTROY : goal));
        work.add(() -> conversation.end(id, goal));
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("The engine is closed: this scheduler leads no longer.");
        }
    }

    @Override
    public Map<InstanceId, Place> observe() {
        return Map.copyOf(places);
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Says something only of a fleet that is known for a while: agents may be on their way. */
    @Override
    public Optional<String> shortage(Resources size, PlacementSpec placement, int instances) {
        return survey.shortage(Launching.need(size, placement.diskType()), instances, !placement.shareHosts());
    }

    @Override
    public Optional<String> objection(PlacementSpec placement) {
        return settings.objection(placement);
    }

    @Override
    public List<RoleShare> roles() {
        return survey.roles();
    }

    @Override
    public Capacity capacity() {
        return capacity;
    }

    @Override
    public void close() {
        closed = true;
        survey.close();
        master.close();
        loop.interrupt();
        try {
            if (!loop.join(CLOSING)) {
                LOG.warn("The engine's loop does not stop.");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        tally.rest();
    }
}
