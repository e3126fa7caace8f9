package dev.cotton.scheduler.fleet;

import dev.cotton.core.control.Planner;
import dev.cotton.core.control.Requests;
import dev.cotton.core.control.Requests.Asked;
import dev.cotton.core.model.AutomationPause;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterRecord.Phase;
import dev.cotton.core.model.ClusterRecord.Power;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Operation.Kind;
import dev.cotton.core.model.Origin;
import dev.cotton.core.port.Engine.Capacity;
import dev.cotton.core.port.Engine.RoleShare;
import dev.cotton.core.port.Executors.LogPiece;
import dev.cotton.core.port.Executors.UnreachableException;
import dev.cotton.core.port.Leadership;
import dev.cotton.core.wire.SchemaChange;
import dev.cotton.core.wire.Setup.Accounts;
import dev.cotton.scheduler.fleet.Refusal.Code;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The clusters of a leading scheduler, each with its loop; refuses everything while it does not lead. Thread-safe. */
public final class LiveFleet implements Fleet, Leadership.Listener, AutoCloseable {
    private static final Comparator<ClusterView> ORDER = Comparator.comparing(
                    (ClusterView view) -> !view.record().holdsName())
            .thenComparing(view -> view.record().name())
            .thenComparing(view -> view.record().createdAt(), Comparator.reverseOrder());

    private final LongFunction<Outside> opening;
    private final TermDuty duty;
    private final InstantSource wall;
    private final Instant startedAt;
    private final Feed feed = new Feed();
    private final Past past = new Past();
    private final Successions successions;
    private final Changes changes;
    private final Quarantine quarantine;
    private final SchemaChanges schemaChanges;
    private final Creations creations;
    private volatile @Nullable Reign current;

    /**
     * Leads nothing before {@link #elected}.
     *
     * @param opening makes what a leader of the given term reaches the world through; closed when the term is over
     * @param duty what a leader looks after besides
     */
    public LiveFleet(LongFunction<Outside> opening, TermDuty duty, InstantSource wall) {
        this.duty = duty;
        this.opening = opening;
        this.wall = wall;
        this.startedAt = wall.instant();
        this.successions = new Successions(wall, () -> asked(Optional.empty()));
        this.creations = new Creations(wall, feed);
        this.changes = new Changes(() -> asked(Optional.empty()));
        LiveClusters world =
                new LiveClusters(this::live, () -> reign().outside().executors());
        this.quarantine = new GatheredQuarantine(world, wall);
        this.schemaChanges = new SchemaChanges(world);
    }

    @Override
    public synchronized void elected(long term) {
        deposed();
        Reign reign = new Reign(term, opening, feed, past, () -> overthrown(term), creations::succeed, duty);
        current = reign;
        Thread.ofVirtual().name("takeover-" + term).start(reign::takeOver);
    }

    private synchronized void overthrown(long term) {
        Reign reign = current;
        if (reign != null && reign.term() == term) {
            deposed();
        }
    }

    @Override
    public synchronized void deposed() {
        Reign reign = current;
        current = null;
        if (reign != null) {
            reign.close();
        }
    }

    @Override
    public boolean ready() {
        Reign reign = current;
        return reign != null && reign.ready();
    }

    @Override
    public long term() {
        Reign reign = current;
        return reign == null ? 0 : reign.term();
    }

    private Reign reign() {
        Reign reign = current;
        if (reign == null) {
            throw new Refusal(
                    Code.NOT_READY, "This scheduler does not lead now; nothing was changed. Ask again in a moment.");
        }
        if (!reign.ready()) {
            throw new Refusal(
                    Code.NOT_READY,
                    "This scheduler leads and is not ready yet: " + reign.trouble() + ". Nothing was changed.");
        }
        return reign;
    }

    @Override
    public Started create(Creation wanted) {
        return creations.create(reign(), wanted);
    }

    private Asked asked(Optional<String> idempotencyKey) {
        return new Asked(Ids.operation(), wall.instant(), idempotencyKey);
    }

    @Override
    public Started change(ClusterName name, UnaryOperator<ClusterSpec> wish) {
        ClusterLoop loop = live(name);
        return started(loop, changes.change(loop, reign().outside().engine(), wish));
    }

    @Override
    public List<String> changePlan(ClusterName name, UnaryOperator<ClusterSpec> wish) {
        return changes.plan(live(name), planner(), reign().outside().engine(), wish);
    }

    @Override
    public Started delete(ClusterName name, boolean purge) {
        return ask(live(name), purge ? Kind.PURGE : Kind.DELETE);
    }

    @Override
    public List<String> deletionPlan(ClusterName name, boolean purge) {
        return plan(live(name), purge ? Kind.PURGE : Kind.DELETE);
    }

    @Override
    public Started replace(ClusterName name, Origin origin) {
        ClusterLoop loop = live(name);
        Asked asked = asked(Optional.empty());
        return started(loop, loop.request(record -> {
            Successions.refuse(record, Kind.REPLACE);
            return Requests.replace(record, origin, asked);
        }));
    }

    @Override
    public List<String> replacementPlan(ClusterName name, Origin origin) {
        List<String> steps = new ArrayList<>(plan(live(name), Kind.REPLACE));
        steps.add("A new cluster named " + name + " begins with " + origin + ".");
        return List.copyOf(steps);
    }

    @Override
    public Started deleteWithPassword(ClusterName name, String password) {
        ClusterLoop loop = live(name);
        if (!Creations.matches(reign(), loop.view().record(), password)) {
            throw new Refusal(
                    Code.FORBIDDEN, "password", "That is not the password of " + name + "; nothing was changed.");
        }
        return ask(loop, Kind.DELETE);
    }

    @Override
    public Started purgeFromBin(ClusterName name) {
        return ask(binned(name), Kind.PURGE);
    }

    @Override
    public List<String> purgePlan(ClusterName name) {
        return plan(binned(name), Kind.PURGE);
    }

    @Override
    public Started restore(ClusterName name) {
        return ask(binned(name), Kind.RESTORE);
    }

    @Override
    public Started power(ClusterName name, Power power) {
        return ask(live(name), power == Power.ON ? Kind.START : Kind.STOP);
    }

    @Override
    public List<String> stopPlan(ClusterName name) {
        return plan(live(name), Kind.STOP);
    }

    private Started ask(ClusterLoop loop, Kind kind) {
        Asked asked = asked(Optional.empty());
        ClusterRecord next = loop.request(record -> {
            Successions.refuse(record, kind);
            return Requests.accept(record, kind, asked);
        });
        return started(loop, next);
    }

    private List<String> plan(ClusterLoop loop, Kind kind) {
        ClusterRecord record = loop.view().record();
        Successions.refuse(record, kind);
        return planner().endingPlan(record, kind);
    }

    @Override
    public Started switchOver(ClusterName name, Optional<InstanceId> to) {
        ClusterLoop loop = live(name);
        return started(loop, successions.switchOver(loop, planner(), to));
    }

    @Override
    public List<String> switchoverPlan(ClusterName name, Optional<InstanceId> to) {
        return successions.switchoverPlan(live(name), planner(), to);
    }

    @Override
    public Started failOverAcceptingLoss(ClusterName name) {
        ClusterLoop loop = live(name);
        return started(loop, successions.acceptLoss(loop, planner()));
    }

    @Override
    public List<String> failoverPlan(ClusterName name) {
        return successions.failoverPlan(live(name), planner());
    }

    @Override
    public ClusterView pauseAutomation(ClusterName name, Optional<AutomationPause> pause) {
        ClusterLoop loop = live(name);
        successions.pause(loop, pause);
        loop.wake();
        return loop.view();
    }

    @Override
    public ClusterView acknowledgeFailovers(ClusterName name) {
        ClusterLoop loop = live(name);
        successions.acknowledge(loop);
        loop.wake();
        return loop.view();
    }

    private Planner planner() {
        return reign().outside().planner();
    }

    private static Started started(ClusterLoop loop, ClusterRecord next) {
        loop.wake();
        return new Started(next.name(), next.operations().getLast());
    }

    private ClusterLoop live(ClusterName name) {
        return reign().newest(record -> record.name().equals(name) && record.holdsName())
                .orElseThrow(() -> new Refusal(Code.NOT_FOUND, "name", "There is no cluster named " + name + "."));
    }

    private ClusterLoop binned(ClusterName name) {
        return reign().newest(record -> record.name().equals(name) && record.phase() == Phase.BINNED)
                .orElseThrow(() ->
                        new Refusal(Code.NOT_FOUND, "name", "There is no cluster named " + name + " in the bin."));
    }

    @Override
    public List<ClusterView> clusters() {
        return reign().views().stream().sorted(ORDER).toList();
    }

    @Override
    public ClusterView cluster(ClusterName name) {
        return live(name).view();
    }

    @Override
    public Started operation(String id) {
        return reign().records()
                .flatMap(record -> record.operations().stream()
                        .filter(operation -> operation.id().equals(id))
                        .map(operation -> new Started(record.name(), operation)))
                .findFirst()
                .or(() -> past.operation(id))
                .orElseThrow(() -> new Refusal(Code.NOT_FOUND, "There is no operation with that id."));
    }

    @Override
    public Credentials credentials(ClusterName name) {
        Accounts accounts =
                reign().outside().secrets().accounts(live(name).view().record());
        return new Credentials(accounts.clusterUser(), accounts.clusterPassword());
    }

    @Override
    public LogPiece log(InstanceId id, String log, long offset, int limit) {
        if (reign().records().noneMatch(record -> record.member(id).isPresent())) {
            throw new Refusal(Code.NOT_FOUND, "There is no instance named " + id + ".");
        }
        try {
            return reign().outside().executors().log(id, log, offset, limit);
        } catch (UnreachableException silent) {
            throw new Refusal(Code.UNREACHABLE, "The executor of " + id + " does not answer: " + silent.getMessage());
        }
    }

    @Override
    public SchemaChange.Found schemaChanges(ClusterName name, Instant after) {
        return schemaChanges.of(name, after);
    }

    @Override
    public Quarantine quarantine() {
        return quarantine;
    }

    @Override
    public AutoCloseable subscribe(Consumer<Happened> listener) {
        return feed.subscribe(listener);
    }

    @Override
    public Capacity capacity() {
        return reign().outside().engine().capacity();
    }

    @Override
    public List<RoleShare> roles() {
        return reign().outside().engine().roles();
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    /** Stops the loops; the databases go on. */
    @Override
    public void close() {
        deposed();
    }
}
