package dev.cotton.scheduler.engine.mesos;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.cotton.core.mesos.Attribute;
import dev.cotton.core.mesos.Offer;
import dev.cotton.core.mesos.OfferId;
import dev.cotton.core.mesos.Resource;
import dev.cotton.core.model.DataSize;
import dev.cotton.scheduler.engine.mesos.offer.Agent;
import dev.cotton.scheduler.engine.mesos.offer.PortRanges;
import dev.cotton.scheduler.engine.mesos.offer.Vacancy;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that one agent offers to one role now, taken apart by whose it is.
 *
 * @param reserved by these records, by the seats' nonces
 * @param free for anybody of the role: what the operator reserved for it before what is everybody's
 */
record Purse(
        Agent agent, String role, List<OfferId> offers, Map<String, List<Resource>> reserved, List<Resource> free) {
    private static final String EVERYBODY = "*";

    /** The agent's id and the role: what offers may be used together by. */
    record Key(String agent, String role) {}

    static Key key(Offer offer) {
        return new Key(
                offer.agentId().value(),
                offer.allocationInfo().map(Resource.AllocationInfo::role).orElse(EVERYBODY));
    }

    /** @param offers with one key, one at least */
    static Purse of(List<Offer> offers, Launching launching) {
        Ownership ownership = launching.ownership();
        String role = key(offers.getFirst()).role();
        List<Resource> all =
                offers.stream().flatMap(offer -> offer.resources().stream()).toList();
        return new Purse(
                agent(offers.getFirst()),
                role,
                offers.stream().map(Offer::id).toList(),
                all.stream()
                        .filter(resource -> ownership.nonce(resource).isPresent())
                        .collect(
                                groupingBy(resource -> ownership.nonce(resource).orElseThrow())),
                free(all.stream()
                        .filter(resource -> launching.usable(resource, role))
                        .toList()));
    }

    Key key() {
        return new Key(agent.id(), role);
    }

    /** What a new instance could get of a single offer, whoever asks. */
    static Vacancy vacancy(Offer offer) {
        return vacancy(agent(offer), key(offer).role(), free(offer.resources()));
    }

    private static List<Resource> free(List<Resource> resources) {
        return resources.stream()
                .filter(Ownership::free)
                .sorted(Comparator.comparing(resource -> resource.reservations().isEmpty()))
                .toList();
    }

    private static Agent agent(Offer offer) {
        return new Agent(
                offer.agentId().value(),
                offer.hostname(),
                offer.attributes().stream().collect(toMap(Attribute::name, Attribute::shown, (first, _) -> first)),
                offer.domain()
                        .flatMap(Offer.Domain::faultDomain)
                        .map(domain ->
                                domain.region().name() + "/" + domain.zone().name()));
    }

    /** What a new instance could get. */
    Vacancy vacancy() {
        return vacancy(agent, role, free);
    }

    private static Vacancy vacancy(Agent agent, String role, List<Resource> free) {
        return new Vacancy(
                agent,
                role,
                Pile.sum(free, "cpus"),
                DataSize.ofMegabytes((long) Pile.sum(free, "mem")),
                new Vacancy.Disks(
                        disks(free, false).max(Comparator.naturalOrder()).orElse(new DataSize(0)),
                        disks(free, true).toList()),
                new PortRanges(free.stream()
                        .filter(resource -> resource.name().equals("ports"))
                        .flatMap(resource -> resource.ranges().stream())
                        .flatMap(ranges -> ranges.range().stream())
                        .map(range -> new PortRanges.Range((int) range.begin(), (int) range.end()))
                        .toList()));
    }

    private static Stream<DataSize> disks(List<Resource> free, boolean mounts) {
        return free.stream()
                .filter(resource -> resource.name().equals("disk") && resource.mount() == mounts)
                .flatMap(resource -> resource.scalar().stream())
                .map(megabytes -> DataSize.ofMegabytes((long) megabytes.value()));
    }
}
