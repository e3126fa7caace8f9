package dev.cotton.scheduler.engine.mesos;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.cotton.core.mesos.Attribute;
import dev.cotton.core.mesos.Offer;
import dev.cotton.core.mesos.OfferId;
import dev.cotton.core.mesos.Resource;
import dev.cotton.core.mesos.Scalar;
import dev.cotton.core.model.DataSize;
import dev.cotton.scheduler.engine.mesos.offer.Agent;
import dev.cotton.scheduler.engine.mesos.offer.PortRanges;
import dev.cotton.scheduler.engine.mesos.offer.Vacancy;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * All that one agent offers now, taken apart by whose it is.
 *
 * @param reserved by these records, by the seats' nonces
 * @param free for anybody of the role: what the operator reserved for it before what is everybody's
 */
record Purse(Agent agent, List<OfferId> offers, Map<String, List<Resource>> reserved, List<Resource> free) {

    /** @param offers of one agent, one at least */
    static Purse of(List<Offer> offers, Ownership ownership) {
        List<Resource> all =
                offers.stream().flatMap(offer -> offer.resources().stream()).toList();
        return new Purse(
                agent(offers.getFirst()),
                offers.stream().map(Offer::id).toList(),
                all.stream()
                        .filter(resource -> ownership.nonce(resource).isPresent())
                        .collect(
                                groupingBy(resource -> ownership.nonce(resource).orElseThrow())),
                all.stream()
                        .filter(Ownership::free)
                        .sorted(Comparator.comparing(
                                resource -> resource.reservations().isEmpty()))
                        .toList());
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

    /** What a new instance could get; of the disk the largest single one, since a volume is on one disk. */
    Vacancy vacancy() {
        return new Vacancy(
                agent,
                Pile.sum(free, "cpus"),
                DataSize.ofMegabytes((long) Pile.sum(free, "mem")),
                DataSize.ofMegabytes((long) free.stream()
                        .filter(resource -> resource.name().equals("disk"))
                        .flatMap(resource -> resource.scalar().stream())
                        .mapToDouble(Scalar::value)
                        .max()
                        .orElse(0)),
                new PortRanges(free.stream()
                        .filter(resource -> resource.name().equals("ports"))
                        .flatMap(resource -> resource.ranges().stream())
                        .flatMap(ranges -> ranges.range().stream())
                        .map(range -> new PortRanges.Range((int) range.begin(), (int) range.end()))
                        .toList()));
    }
}
