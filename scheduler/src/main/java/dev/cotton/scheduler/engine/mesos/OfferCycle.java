package dev.cotton.scheduler.engine.mesos;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

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
import java.util.function.Function;
import java.util.stream.Stream;

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
    private final Map<String, List<Operation>> operations = new HashMap<>();
    private final Map<String, Pile> piles = new HashMap<>();

    private OfferCycle(Given given) {
        this.given = given;
    }

    /**
     * @param offers all that are outstanding
     * @param instances all that there are
     * @param tokens of those that may be launched now
     * @param nonces gives a new one each time
     * @param round names this cycle among all
     */
    record Given(
            List<Offer> offers,
            List<MesosInstance> instances,
            Map<InstanceId, String> tokens,
            Launching launching,
            Function<InstanceId, String> nonces,
            String round) {}

    /**
     * @param changed to be persisted before anything is said to the master
     * @param calls one for each agent, and what is declined
     * @param shortages why instances that want a seat have none
     */
    record Outcome(List<MesosInstance> changed, List<Call> calls, Map<InstanceId, String> shortages) {}

    static Outcome of(Given given) {
        return new OfferCycle(given).run();
    }

    private Outcome run() {
        List<Purse> purses =
                given.offers().stream()
                        .collect(groupingBy(Offer::agentId, LinkedHashMap::new, toList()))
                        .values()
                        .stream()
                        .map(offers -> Purse.of(offers, given.launching().ownership()))
                        .toList();
        purses.forEach(purse -> {
            piles.put(purse.agent().id(), new Pile(purse.free()));
            purse.reserved().forEach((nonce, own) -> reserved(purse, nonce, own));
        });
        Map<InstanceId, String> shortages = seat(purses);
        return new Outcome(List.copyOf(changed.values()), calls(purses, shortages), shortages);
    }

    private void reserved(Purse purse, String nonce, List<Resource> own) {
        Optional<MesosInstance> owner = given.instances().stream()
                .filter(instance -> instance.seat()
                        .filter(seat -> seat.nonce().equals(nonce)
                                && seat.agent().id().equals(purse.agent().id()))
                        .isPresent())
                .findFirst();
        if (owner.isEmpty()) {
            giveBack(purse, nonce, own);
            return;
        }
        MesosInstance instance = owner.orElseThrow();
        if (instance.live() || instance.goal() == Goal.BIN) {
            return;
        }
        if (instance.goal() == Goal.DESTROY || !instance.used()) {
            giveBack(purse, nonce, own);
        } else if (Launching.withoutVolume(instance, own)) {
            change(instance.lost(
                    "its volume is gone from its agent " + purse.agent().hostname()));
        } else if (given.tokens().containsKey(instance.id()) && Launching.complete(instance, own)) {
            MesosInstance next = instance.launched(instance.seat().orElseThrow());
            change(next);
            perform(purse.agent().id(), given.launching().launch(next, token(instance.id()), own));
        }
    }

    private String token(InstanceId id) {
        return Objects.requireNonNull(given.tokens().get(id));
    }

    private void giveBack(Purse purse, String nonce, List<Resource> own) {
        List<Resource> volumes = Launching.volume(own).stream().toList();
        List<Resource> plain = own.stream()
                .map(resource ->
                        resource.disk().flatMap(disk -> disk.persistence()).isPresent()
                                ? resource.withoutVolume()
                                : resource)
                .toList();
        if (!volumes.isEmpty()) {
            perform(
                    purse.agent().id(),
                    new Operation(
                            Optional.of(new OperationId("destroy-" + nonce + "-" + given.round())),
                            new Operation.Destroy(volumes)));
        }
        perform(
                purse.agent().id(),
                new Operation(
                        Optional.of(new OperationId("unreserve-" + nonce + "-" + given.round())),
                        new Operation.Unreserve(plain)));
    }

    private void change(MesosInstance next) {
        changed.put(next.id(), next);
    }

    private void perform(String agent, Operation operation) {
        operations.computeIfAbsent(agent, _ -> new ArrayList<>()).add(operation);
    }

    private Map<InstanceId, String> seat(List<Purse> purses) {
        Map<InstanceId, MesosInstance> waiting = given.instances().stream()
                .filter(instance -> wants(instance) && given.tokens().containsKey(instance.id()))
                .collect(toMap(MesosInstance::id, Function.identity(), (one, _) -> one, LinkedHashMap::new));
        List<Wish> wishes = waiting.values().stream()
                .map(instance -> new Wish(
                        instance.id(),
                        instance.cluster(),
                        Launching.need(instance),
                        given.launching().settings().constraints(),
                        true))
                .toList();
        List<Vacancy> vacancies = purses.stream().map(Purse::vacancy).toList();
        List<Settled> settled = given.instances().stream()
                .filter(instance -> !instance.isLost())
                .flatMap(instance -> instance.seat().stream()
                        .filter(_ -> instance.live() || instance.used())
                        .map(seat -> new Settled(instance.cluster(), seat.agent())))
                .toList();
        Matching.Outcome matched = Matching.match(wishes, vacancies, settled);
        matched.seats().forEach((id, seat) -> launch(Objects.requireNonNull(waiting.get(id)), seat));
        return matched.shortages();
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
                given.nonces().apply(instance.id()),
                false);
        MesosInstance next = instance.launched(seat);
        Pile pile = Objects.requireNonNull(piles.get(found.agent().id()));
        given.launching()
                .fresh(next, token(instance.id()), pile)
                .forEach(operation -> perform(found.agent().id(), operation));
        change(next);
    }

    private List<Call> calls(List<Purse> purses, Map<InstanceId, String> shortages) {
        List<Call> calls = new ArrayList<>();
        List<OfferId> declined = new ArrayList<>();
        Call.Filters rest = Call.Filters.refuse(waits(shortages) ? SHORT_REFUSAL : LONG_REFUSAL);
        for (Purse purse : purses) {
            List<Operation> here = operations.getOrDefault(purse.agent().id(), List.of());
            if (here.isEmpty()) {
                declined.addAll(purse.offers());
            } else {
                calls.add(new Call.Accept(purse.offers(), here, Optional.of(Call.Filters.refuse(SHORT_REFUSAL))));
            }
        }
        return declined.isEmpty()
                ? calls
                : Stream.concat(calls.stream(), Stream.of((Call) new Call.Decline(declined, Optional.of(rest))))
                        .toList();
    }

    private boolean waits(Map<InstanceId, String> shortages) {
        return !shortages.isEmpty()
                || given.instances().stream()
                        .filter(instance -> !changed.containsKey(instance.id()))
                        .anyMatch(OfferCycle::waitsForOffers);
    }

    /** Whether offers are of use to it: for a seat, for its volume, or to give it back. */
    static boolean waitsForOffers(MesosInstance instance) {
        return !instance.live()
                && switch (instance.goal()) {
                    case RUN -> !instance.isLost();
                    case BIN -> false;
                    case DESTROY -> instance.seat().isPresent();
                };
    }
}
