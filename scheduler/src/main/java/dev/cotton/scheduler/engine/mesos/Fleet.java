package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.Event;
import dev.cotton.core.mesos.FrameworkId;
import dev.cotton.core.mesos.OperationStatus;
import dev.cotton.core.mesos.TaskStatus;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.port.Engine.InstanceSpec;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.scheduler.engine.EngineRecords;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Goal;
import dev.cotton.scheduler.engine.mesos.offer.Matching;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All instances of the fleet, and what is to be said to the master about them. Every change is persisted before anything is
 * said that follows from it, and a status is acknowledged when it is persisted. Not thread-safe: one loop owns it.
 */
final class Fleet {
    /** Without any offer for so long, that is what an instance waits for. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final MesosSettings settings;
    private final TokenSeal seal;
    private final Roster roster;
    private final Orphans orphans;
    private final Reconciliation reconciliation;
    private final MasterNews news;
    private final Ageing ageing;
    private final Maintenance maintenance;
    private final Departures departures;
    private final OfferBook offers = new OfferBook();

    /** @param nanos a monotonic clock */
    Fleet(
            MesosSettings settings,
            EngineRecords<MesosInstance> records,
            TokenSeal seal,
            Tally tally,
            LongSupplier nanos) {
        this.settings = settings;
        this.seal = seal;
        this.roster = new Roster(records, tally, nanos);
        this.orphans = new Orphans(nanos);
        this.reconciliation = new Reconciliation(nanos);
        this.maintenance = new Maintenance(nanos, InstantSource.system());
        this.departures = new Departures(roster, maintenance);
        this.news = new MasterNews(roster, reconciliation, orphans, maintenance, tally);
        this.ageing = new Ageing(settings, roster, reconciliation, orphans);
    }

    OfferBook offers() {
        return offers;
    }

    List<MesosInstance> all() {
        return roster.all().stream().map(Tracked::record).toList();
    }

    Map<InstanceId, Place> places() {
        return places(tracked -> tracked.place(settings.patience()));
    }

    /** As {@link #places()}, while nothing is heard for {@code why}: nobody knows what runs. */
    Map<InstanceId, Place> placesWhile(String why) {
        return places(tracked -> tracked.unheard(settings.patience(), why));
    }

    private Map<InstanceId, Place> places(Function<Tracked, Place> place) {
        return roster.all().stream()
                .collect(
                        Collectors.toUnmodifiableMap(tracked -> tracked.record().id(), place));
    }

    void want(InstanceSpec spec) {
        Optional<Tracked> known = roster.find(spec.id());
        if (known.isEmpty()) {
            roster.add(MesosInstance.wanted(spec.id(), terms(spec), seal.seal(spec.id(), spec.token())));
        }
        known.filter(tracked -> tracked.record().goal() == Goal.BIN)
                .ifPresent(tracked -> roster.save(tracked, tracked.record().withGoal(Goal.RUN)));
    }

    private MesosInstance.Terms terms(InstanceSpec spec) {
        PlacementSpec placement = spec.placement();
        return new MesosInstance.Terms(
                spec.cluster(),
                spec.resources(),
                placement.role().orElse(settings.role()),
                placement.shareHosts(),
                placement.diskType());
    }

    void end(InstanceId id, Goal ending) {
        roster.find(id)
                .filter(tracked -> tracked.record().goal() != Goal.DESTROY)
                .ifPresent(tracked -> roster.save(tracked, tracked.record().withGoal(ending)));
    }

    /** Everything that was offered or known by the former connection has to be heard anew. */
    List<Call> subscribed() {
        offers.clear();
        orphans.forget();
        maintenance.subscribed();
        reconciliation.begin(roster.live().keySet());
        // Without tasks it is answered with all that the master knows: orphans among them.
        return Stream.concat(Stream.of(new Call.Reconcile(List.of())), Unreserving.question(all()).stream())
                .toList();
    }

    /** @return what is to be said now */
    List<Call> heard(Event event) {
        return switch (event) {
            case Event.Offers(var offered) -> {
                offers.add(offered);
                maintenance.offered(offered);
                yield List.of();
            }
            case Event.Rescind(var id) -> {
                offers.rescind(id);
                yield List.of();
            }
            case Event.InverseOffers(var asked) -> {
                maintenance.asked(asked);
                yield List.of();
            }
            case Event.RescindInverseOffer(var id) -> {
                maintenance.rescinded(id);
                yield List.of();
            }
            case Event.Update(TaskStatus status) -> news.heard(status);
            case Event.UpdateOperationStatus(OperationStatus status) -> news.heard(status);
            default -> List.of();
        };
    }

    /** The master did not take what was said about these tasks: none of them was started. */
    void refused(Call.Accept accept, String why) {
        news.refused(accept, why);
    }

    /** Everything that ran was ended with its framework. */
    void allTasksEnded(String why) {
        news.allTasksEnded(why);
    }

    /** What time alone brings about. @return what is to be said now */
    List<Call> tick() {
        return Stream.concat(ageing.tick().stream(), departures.tick().stream()).toList();
    }

    /** Says so at instances that might have been launched for a while, and no offer came. */
    void noticeSilence() {
        roster.all().stream()
                .filter(tracked -> OfferCycle.wants(tracked.record()) && tracked.dueFor(SILENCE))
                .forEach(tracked -> tracked.shortUnlessSaid(
                        Matching.nothingOffered(tracked.record().role())));
    }

    /** What is done with what is offered; persisted when this returns. */
    List<Call> cycle(Ownership ownership, FrameworkId framework, Supplier<String> nonces) {
        OfferCycle.Outcome outcome = OfferCycle.of(new OfferCycle.Given(
                offers.all(),
                all(),
                tokens(),
                new Launching(settings, ownership, framework),
                nonces,
                maintenance.closing()));
        offers.clear();
        outcome.changed().forEach(next -> roster.save(roster.find(next.id()).orElseThrow(), next));
        outcome.shortages().forEach((id, why) -> roster.find(id).ifPresent(tracked -> tracked.shortOf(why)));
        return outcome.calls();
    }

    private Map<InstanceId, String> tokens() {
        return roster.all().stream()
                .filter(Tracked::due)
                .map(Tracked::record)
                .collect(Collectors.toMap(MesosInstance::id, record -> seal.open(record.id(), record.sealedToken())));
    }

    /** How many tasks have ended and instances gone: each may have left something that is to be given back. */
    int endings() {
        return roster.endings();
    }

    /** The roles in which offers are of any use now. */
    Set<String> wantingRoles() {
        return roles(OfferCycle::waitsForOffers);
    }

    /** The roles that instances are in. */
    Set<String> roles() {
        return roles(_ -> true);
    }

    private Set<String> roles(Predicate<MesosInstance> which) {
        return all().stream().filter(which).map(MesosInstance::role).collect(Collectors.toSet());
    }

    /** There are no offers for that role, for a reason that is known. */
    void withoutRole(String role, String why) {
        roster.all().stream()
                .filter(tracked -> tracked.record().role().equals(role))
                .forEach(tracked -> tracked.shortOf(why));
    }

    /** Those that are to run, and wait for an offer. */
    long waiting() {
        return roster.all().stream()
                .map(Tracked::record)
                .filter(instance -> instance.goal() == Goal.RUN && OfferCycle.waitsForOffers(instance))
                .count();
    }

    /** Those that may run on agents that nobody hears. */
    long unreachable() {
        return roster.all().stream().filter(Tracked::away).count();
    }
}
