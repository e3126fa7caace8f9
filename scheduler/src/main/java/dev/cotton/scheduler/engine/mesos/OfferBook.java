package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.Offer;
import dev.cotton.core.mesos.OfferId;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.port.Engine.Capacity;
import dev.cotton.scheduler.engine.mesos.offer.Vacancy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The offers that are outstanding, and what agents offered last. Not thread-safe. */
final class OfferBook {
    private final Map<OfferId, Offer> outstanding = new LinkedHashMap<>();
    private final Map<String, Vacancy> seen = new HashMap<>();

    void add(List<Offer> offers) {
        offers.forEach(offer -> {
            outstanding.put(offer.id(), offer);
            seen.put(offer.agentId().value(), Purse.vacancy(offer));
        });
    }

    void rescind(OfferId id) {
        outstanding.remove(id);
    }

    /** They are answered, or good for nothing any more. */
    void clear() {
        outstanding.clear();
    }

    int size() {
        return outstanding.size();
    }

    boolean isEmpty() {
        return outstanding.isEmpty();
    }

    List<Offer> all() {
        return List.copyOf(outstanding.values());
    }

    /** What is known of the fleet: what was offered last, and what instances have. */
    Capacity capacity(List<MesosInstance> instances) {
        double cpus = 0;
        long mem = 0;
        long disk = 0;
        for (MesosInstance instance : instances) {
            if (instance.seat().isPresent()) {
                cpus += instance.resources().cpus();
                mem += instance.resources().mem().bytes();
                disk += instance.resources().disk().bytes();
            }
        }
        double freeCpus = seen.values().stream().mapToDouble(Vacancy::cpus).sum();
        long freeMem =
                seen.values().stream().mapToLong(free -> free.mem().bytes()).sum();
        long freeDisk = seen.values().stream()
                .mapToLong(free -> free.disks().all().bytes())
                .sum();
        return new Capacity(cpus + freeCpus, size(mem + freeMem), size(disk + freeDisk), cpus, size(mem), size(disk));
    }

    private static DataSize size(long bytes) {
        return new DataSize(bytes);
    }
}
