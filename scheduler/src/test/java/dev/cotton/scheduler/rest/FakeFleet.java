package dev.cotton.scheduler.rest;

import dev.cotton.core.model.AutomationPause;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterRecord.Power;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.Operation.Kind;
import dev.cotton.core.model.Origin;
import dev.cotton.core.port.Engine.Amounts;
import dev.cotton.core.port.Engine.Capacity;
import dev.cotton.core.port.Engine.RoleShare;
import dev.cotton.core.port.Executors.LogPiece;
import dev.cotton.core.wire.SchemaChange;
import dev.cotton.scheduler.fleet.ClusterView;
import dev.cotton.scheduler.fleet.Fleet;
import dev.cotton.scheduler.fleet.Refusal;
import dev.cotton.scheduler.fleet.Refusal.Code;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A fleet whose clusters are what a test puts there. It starts operations, does nothing, and remembers what it was asked. */
final class FakeFleet implements Fleet {
    static final Instant STARTED = Instant.parse("2026-11-22T09:00:00Z");
    static final String PASSWORD = "w9gMCkecsNh7sCyqg7kTa";

    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<Creation> creations = new CopyOnWriteArrayList<>();
    final List<ClusterView> live = new CopyOnWriteArrayList<>();
    final List<ClusterView> binned = new CopyOnWriteArrayList<>();
    final List<Consumer<Happened>> listeners = new CopyOnWriteArrayList<>();
    final FakeQuarantine quarantine = new FakeQuarantine(this::called);
    volatile boolean ready = true;
    volatile long term = 3;
    volatile Optional<Supplier<RuntimeException>> failure = Optional.empty();

    /** Tells all listeners. */
    void happen(Happened happened) {
        listeners.forEach(listener -> listener.accept(happened));
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public long term() {
        return term;
    }

    @Override
    public Started create(Creation creation) {
        called("create " + creation.name());
        if (live.stream().anyMatch(view -> view.record().name().equals(creation.name()))) {
            throw new Refusal(Code.EXISTS, "name", "A cluster named " + creation.name() + " exists.");
        }
        creations.add(creation);
        live.add(Samples.fresh(creation.name(), creation.spec()));
        return started(creation.name(), Kind.CREATE);
    }

    @Override
    public Started change(ClusterName name, UnaryOperator<ClusterSpec> wish) {
        called("change " + name + " " + wish.apply(cluster(name).record().spec()));
        return started(name, Kind.CHANGE);
    }

    @Override
    public List<String> changePlan(ClusterName name, UnaryOperator<ClusterSpec> wish) {
        called("changePlan " + name + " " + wish.apply(cluster(name).record().spec()));
        return List.of("It grows.");
    }

    @Override
    public Started delete(ClusterName name, boolean purge) {
        called("delete " + name + (purge ? " purge" : ""));
        cluster(name);
        return started(name, purge ? Kind.PURGE : Kind.DELETE);
    }

    @Override
    public Started replace(ClusterName name, Origin origin) {
        called("replace " + name + " " + origin);
        cluster(name);
        return started(name, Kind.REPLACE);
    }

    @Override
    public List<String> replacementPlan(ClusterName name, Origin origin) {
        called("replacementPlan " + name + " " + origin);
        return List.of("It goes to the bin.");
    }

    @Override
    public List<String> deletionPlan(ClusterName name, boolean purge) {
        called("deletionPlan " + name + (purge ? " purge" : ""));
        cluster(name);
        return List.of("It ends.");
    }

    @Override
    public Started deleteWithPassword(ClusterName name, String password) {
        called("deleteWithPassword " + name);
        cluster(name);
        if (!password.equals(PASSWORD)) {
            throw new Refusal(Code.FORBIDDEN, "password", "That is not the password of " + name + ".");
        }
        return started(name, Kind.DELETE);
    }

    @Override
    public Started purgeFromBin(ClusterName name) {
        called("purgeFromBin " + name);
        return started(inBin(name), Kind.PURGE);
    }

    @Override
    public List<String> purgePlan(ClusterName name) {
        called("purgePlan " + name);
        inBin(name);
        return List.of("It is destroyed.");
    }

    @Override
    public List<String> stopPlan(ClusterName name) {
        called("stopPlan " + name);
        cluster(name);
        return List.of("It stops.");
    }

    @Override
    public Started restore(ClusterName name) {
        called("restore " + name);
        return started(inBin(name), Kind.RESTORE);
    }

    @Override
    public Started power(ClusterName name, Power power) {
        called("power " + name + " " + power);
        cluster(name);
        return started(name, power == Power.ON ? Kind.START : Kind.STOP);
    }

    @Override
    public Started switchOver(ClusterName name, Optional<InstanceId> to) {
        called("switchOver " + name + to.map(target -> " to " + target).orElse(""));
        cluster(name);
        return started(name, Kind.SWITCHOVER);
    }

    @Override
    public List<String> switchoverPlan(ClusterName name, Optional<InstanceId> to) {
        called("switchoverPlan " + name);
        cluster(name);
        return List.of("The primary is frozen.", "Another one takes over.");
    }

    @Override
    public Started failOverAcceptingLoss(ClusterName name) {
        called("failOverAcceptingLoss " + name);
        cluster(name);
        return started(name, Kind.FAILOVER);
    }

    @Override
    public List<String> failoverPlan(ClusterName name) {
        called("failoverPlan " + name);
        cluster(name);
        return List.of("Somebody is promoted.");
    }

    @Override
    public ClusterView pauseAutomation(ClusterName name, Optional<AutomationPause> pause) {
        called("pauseAutomation " + name + " " + pause);
        return cluster(name);
    }

    @Override
    public ClusterView acknowledgeFailovers(ClusterName name) {
        called("acknowledgeFailovers " + name);
        return cluster(name);
    }

    @Override
    public List<ClusterView> clusters() {
        called("clusters");
        List<ClusterView> all = new ArrayList<>(live);
        all.addAll(binned);
        return all;
    }

    @Override
    public ClusterView cluster(ClusterName name) {
        called("cluster " + name);
        return live.stream()
                .filter(view -> view.record().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refusal(Code.NOT_FOUND, "name", "There is no cluster named " + name + "."));
    }

    @Override
    public Started operation(String id) {
        called("operation " + id);
        return live.stream()
                .flatMap(view -> view.record().operations().stream()
                        .filter(operation -> operation.id().equals(id))
                        .map(operation -> new Started(view.record().name(), operation)))
                .findFirst()
                .orElseThrow(() -> new Refusal(Code.NOT_FOUND, "There is no operation with that id."));
    }

    @Override
    public Credentials credentials(ClusterName name) {
        called("credentials " + name);
        cluster(name);
        return new Credentials("app", PASSWORD);
    }

    @Override
    public LogPiece log(InstanceId id, String log, long offset, int limit) {
        called("log " + id + " " + log + " " + offset + " " + limit);
        return new LogPiece("ready for connections\n", 4711);
    }

    @Override
    public SchemaChange.Found schemaChanges(ClusterName name, Instant after) {
        called("schema changes of " + name + " after " + after);
        GtidSet gtid = GtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:7");
        return new SchemaChange.Found(List.of(new SchemaChange(gtid, after, "shop", "DROP TABLE orders")), after);
    }

    @Override
    public FakeQuarantine quarantine() {
        return quarantine;
    }

    @Override
    public AutoCloseable subscribe(Consumer<Happened> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public List<RoleShare> roles() {
        return List.of(new RoleShare(
                "web",
                Amounts.NONE,
                new Amounts(OptionalDouble.of(8), Optional.of(DataSize.parse("16gb")), Optional.empty()),
                new Amounts(
                        OptionalDouble.of(1.5),
                        Optional.of(DataSize.parse("1536mb")),
                        Optional.of(DataSize.parse("6gb")))));
    }

    @Override
    public Capacity capacity() {
        called("capacity");
        return new Capacity(
                8,
                DataSize.parse("16gb"),
                DataSize.parse("200gb"),
                1.5,
                DataSize.parse("1536mb"),
                DataSize.parse("6gb"));
    }

    @Override
    public Instant startedAt() {
        return STARTED;
    }

    private void called(String call) {
        calls.add(call);
        failure.ifPresent(made -> {
            throw made.get();
        });
    }

    private ClusterName inBin(ClusterName name) {
        return binned.stream()
                .map(view -> view.record().name())
                .filter(name::equals)
                .findFirst()
                .orElseThrow(() ->
                        new Refusal(Code.NOT_FOUND, "name", "There is no cluster named " + name + " in the bin."));
    }

    private static Started started(ClusterName name, Kind kind) {
        Operation operation =
                Samples.running("op-" + name + "-" + kind.name().toLowerCase(java.util.Locale.ROOT), kind);
        return new Started(name, operation);
    }
}
