package dev.cotton.scheduler.engine.mesos;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.Offer;
import dev.cotton.core.mesos.OfferId;
import dev.cotton.core.mesos.Operation;
import dev.cotton.core.mesos.OperationId;
import dev.cotton.core.mesos.Resource;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Goal;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Seat;
import dev.cotton.scheduler.engine.mesos.offer.Matching;
import dev.cotton.scheduler.engine.mesos.offer.Settled;
import dev.cotton.scheduler.engine.mesos.offer.Vacancy;
import dev.cotton.scheduler.engine.mesos.offer.Wish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is done with all that is offered now, in one pass: what belongs to nobody is given back, instances go back to their
 * volumes, others get a seat, and the rest is declined. Pure.
 */
final class OfferCycle {
    /** While something is waited for. */
    private static final Duration SHORT_REFUSAL = Duration.ofSeconds(2);

    /** Nothing is wanted; it is asked for again as soon as something is. */
    private static final Duration LONG_REFUSAL = Duration.ofHours(1);

    private final Given given;
    private final Map<InstanceId, MesosInstance> changed = new LinkedHashMap<>();
    private final Map<Purse.Key, List<Operation>> operations = new HashMap<>();
    private final Map<Purse.Key, Pile> piles = new HashMap<>();

    private OfferCycle(Given given) {
        this.given = given;
    }

    /**
     * @param offers all that are outstanding
     * @param instances all that there are
     * @param tokens of those that may be launched now
     * @param nonces gives a new one each time
     * @param closing ids of agents that are to be left soon: nothing new goes there
     */
    record Given(
            List<Offer> offers,
            List<MesosInstance> instances,
            Map<InstanceId, String> tokens,
            Launching launching,
            Supplier<String> nonces,
            Set<String> closing) {}

    /**
     * @param changed to be persisted before anything is said to the master
     * @param calls one for each agent and role, and what is declined
     * @param shortages why instances that want a seat have none
     */
    record Outcome(List<MesosInstance> changed, List<Call> calls, Map<InstanceId, String> shortages) {}

    static Outcome of(Given given) {
        return new OfferCycle(given).run();
    }

    private Outcome run() {
        List<Purse> purses =
                given.offers().stream().collect(groupingBy(Purse::key, LinkedHashMap::new, toList())).values().stream()
                        .map(offers -> Purse.of(offers, given.launching()))
                        .toList();
        purses.forEach(purse -> {
            piles.put(purse.key(), new Pile(purse.free()));
            purse.reserved().forEach((nonce, own) -> reserved(purse, nonce, own));
        });
        Map<InstanceId, String> shortages = seat(purses);
        return new Outcome(List.copyOf(changed.values()), calls(purses, shortages), shortages);
    }

    private void reserved(Purse purse, String nonce, List<Resource> own) {
        Optional<MesosInstance> owner = given.instances().stream()
                .filter(instance -> instance.seat()
                        .filter(seat -> seat.nonce().equals(nonce))
                        .isPresent())
                .findFirst();
        if (owner.isEmpty()) {
            giveBack(purse, Unreserving.ofNobody(nonce, given.nonces().get()), own);
            return;
        }
        MesosInstance instance = owner.orElseThrow();
        if (instance.live() || instance.goal() == Goal.BIN) {
            return;
        }
        if (instance.goal() == Goal.DESTROY || !instance.used()) {
            giveBack(purse, Unreserving.operation(nonce), own);
        } else if (Launching.withoutVolume(instance, own)) {
            change(instance.lost(
                    "its volume is gone from its agent " + purse.agent().hostname()));
        } else if (given.tokens().containsKey(instance.id()) && Launching.complete(instance, own)) {
            MesosInstance next = instance.launched(instance.seat().orElseThrow().on(purse.agent()));
            change(next);
            perform(purse.key(), given.launching().launch(next, token(instance.id()), own));
        }
    }

    private String token(InstanceId id) {
        return Objects.requireNonNull(given.tokens().get(id));
    }

    private void giveBack(Purse purse, OperationId unreserving, List<Resource> own) {
        List<Resource> volumes = Launching.volume(own).stream().toList();
        List<Resource> plain = own.stream()
                .map(resource -> resource.volume() ? resource.withoutVolume() : resource)
                .toList();
        if (!volumes.isEmpty()) {
            perform(
                    purse.key(),
                    new Operation(Optional.of(Unreserving.destroying(unreserving)), new Operation.Destroy(volumes)));
        }
        perform(purse.key(), new Operation(Optional.of(unreserving), new Operation.Unreserve(plain)));
    }

    private void change(MesosInstance next) {
        changed.put(next.id(), next);
    }

    private void perform(Purse.Key key, Operation operation) {
        operations.computeIfAbsent(key, _ -> new ArrayList<>()).add(operation);
    }

    private Map<InstanceId, String> seat(List<Purse> purses) {
        Map<InstanceId, MesosInstance> waiting = given.instances().stream()
                .filter(instance -> wants(instance) && given.tokens().containsKey(instance.id()))
                .collect(toMap(MesosInstance::id, Function.identity(), (one, _) -> one, LinkedHashMap::new));
        List<Wish> wishes = waiting.values().stream()
                .map(instance -> new Wish(
                        instance.id(),
                        instance.cluster(),
                        instance.role(),
                        Launching.need(instance),
                        given.launching().settings().constraints(),
                        !instance.terms().shareAgents(),
                        instance.attempts()))
                .toList();
        List<Vacancy> vacancies = purses.stream().map(this::vacancy).toList();
        List<Settled> settled = given.instances().stream()
                .filter(instance -> !instance.isLost() && instance.notice().isEmpty())
                .flatMap(instance -> instance.seat().stream()
                        .filter(_ -> instance.live() || instance.used())
                        .map(seat -> new Settled(instance.cluster(), seat.agent())))
                .toList();
        Matching.Outcome matched = Matching.match(wishes, vacancies, settled);
        matched.seats().forEach((id, seat) -> launch(Objects.requireNonNull(waiting.get(id)), seat));
        return matched.shortages();
    }

    private Vacancy vacancy(Purse purse) {
        Vacancy vacancy = purse.vacancy();
        return given.closing().contains(purse.agent().id()) ? vacancy.closed() : vacancy;
    }

    /** Whether it is looking for a seat. */
    static boolean wants(MesosInstance instance) {
        return instance.goal() == Goal.RUN && !instance.isLost() && !instance.live() && !instance.used();
    }

    private void launch(MesosInstance instance, Matching.Seat found) {
        List<Integer> ports = found.ports();
        Seat seat = new Seat(
                found.agent(),
                new Ports(found.agent().hostname(), ports.get(0), ports.get(1), ports.get(2), ports.get(3)),
                given.nonces().get(),
                false);
        MesosInstance next = instance.launched(seat);
        Purse.Key key = new Purse.Key(found.agent().id(), instance.role());
        Pile pile = Objects.requireNonNull(piles.get(key));
        given.launching().fresh(next, token(instance.id()), pile).forEach(operation -> perform(key, operation));
        change(next);
    }

    private List<Call> calls(List<Purse> purses, Map<InstanceId, String> shortages) {
        List<Call> calls = new ArrayList<>();
        Map<Duration, List<OfferId>> declined = new TreeMap<>();
        Set<String> waiting = waiting(shortages.keySet());
        for (Purse purse : purses) {
            List<Operation> here = operations.getOrDefault(purse.key(), List.of());
            Duration refusal = waiting.contains(purse.role()) ? SHORT_REFUSAL : LONG_REFUSAL;
            if (here.isEmpty()) {
                declined.computeIfAbsent(refusal, _ -> new ArrayList<>()).addAll(purse.offers());
            } else {
                calls.add(new Call.Accept(purse.offers(), here, Optional.of(Call.Filters.refuse(SHORT_REFUSAL))));
            }
        }
        declined.forEach((span, offers) -> calls.add(new Call.Decline(offers, Optional.of(Call.Filters.refuse(span)))));
        return calls;
    }

    /** The roles in which something waits for offers still. */
    private Set<String> waiting(Set<InstanceId> without) {
        return given.instances().stream()
                .filter(instance -> without.contains(instance.id())
                        || (!changed.containsKey(instance.id()) && waitsForOffers(instance)))
                .map(MesosInstance::role)
                .collect(toSet());
    }

    /** Whether offers are of use to it: for a seat, for its volume, or to give it back. */
    static boolean waitsForOffers(MesosInstance instance) {
        return !instance.live()
                && switch (instance.goal()) {
                    case RUN -> true;
                    case BIN -> false;
                    case DESTROY -> instance.seat().isPresent();
                };
    }
}
