package dev.cotton.scheduler.fleet;

import dev.cotton.core.control.Requests;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.port.Executors;
import dev.cotton.core.port.Executors.Heard;
import dev.cotton.core.port.Executors.UnreachableException;
import dev.cotton.core.wire.QuarantineEntry;
import dev.cotton.core.wire.QuarantineId;
import dev.cotton.scheduler.fleet.Refusal.Code;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The {@link Quarantine} of clusters, asked of one executor after the other. Thread-safe. */
final class GatheredQuarantine implements Quarantine {
    private static final String UNCHANGED = " Nothing was changed.";

    private final World world;
    private final InstantSource wall;

    /** Where clusters are looked up and written. */
    interface World {
        /** @throws Refusal when there is no such live cluster */
        ClusterRecord record(ClusterName name);

        Executors executors();

        /** Persists a change of the record. */
        void write(ClusterName name, UnaryOperator<ClusterRecord> change);
    }

    GatheredQuarantine(World world, InstantSource wall) {
        this.world = world;
        this.wall = wall;
    }

    /** An entry, and an executor that has it. */
    private record Found(QuarantineEntry entry, InstanceId holder) {}

    @Override
    public Gathered of(ClusterName name) {
        Map<QuarantineId, QuarantineEntry> entries = new TreeMap<>();
        Map<InstanceId, String> unasked = new TreeMap<>();
        for (InstanceId member : members(name)) {
            ask(member, unasked).forEach(entry -> entries.put(entry.id(), entry));
        }
        return new Gathered(new ArrayList<>(entries.values()), unasked);
    }

    private List<InstanceId> members(ClusterName name) {
        return world.record(name).members().stream().map(Member::id).toList();
    }

    /** What an executor has; when it does not answer it is noted why, and one that is known to be silent is not waited for. */
    private List<QuarantineEntry> ask(InstanceId member, Map<InstanceId, String> unasked) {
        Heard heard = world.executors().heard(member);
        if (!heard.reachable()) {
            unasked.put(member, heard.trouble());
            return List.of();
        }
        try {
            return world.executors().quarantine(member);
        } catch (UnreachableException silent) {
            unasked.put(member, silent.getMessage());
            return List.of();
        }
    }

    @Override
    public QuarantineEntry entry(ClusterName name, QuarantineId id) {
        return find(name, id).entry();
    }

    private Found find(ClusterName name, QuarantineId id) {
        Map<InstanceId, String> unasked = new TreeMap<>();
        for (InstanceId member : members(name)) {
            Optional<QuarantineEntry> entry = ask(member, unasked).stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst();
            if (entry.isPresent()) {
                return new Found(entry.get(), member);
            }
        }
        if (unasked.isEmpty()) {
            throw new Refusal(Code.NOT_FOUND, "id", "The quarantine of " + name + " has no entry " + id + ".");
        }
        throw new Refusal(
                Code.UNREACHABLE,
                "No executor that answers has the entry " + id + "; it may be where these are, which do not: "
                        + unasked.keySet() + "." + UNCHANGED + " Ask again when they are back.");
    }

    @Override
    public Text text(ClusterName name, QuarantineId id, long offset, long limit) {
        Found found = find(name, id);
        long begin = Math.min(offset, found.entry().bytes());
        long end = begin + Math.min(limit, found.entry().bytes() - begin);
        try {
            return new Text(end - begin, new QuarantineText(world.executors(), found.holder(), id, begin, end));
        } catch (UnreachableException silent) {
            throw new Refusal(Code.UNREACHABLE, silent.getMessage() + UNCHANGED);
        }
    }

    @Override
    public QuarantineEntry discard(ClusterName name, QuarantineId id) {
        Found found = find(name, id);
        // safety: who has it destroyed is on record before it is gone for ever.
        world.write(name, record -> Requests.discard(record, found.entry(), wall.instant()));
        try {
            world.executors().discard(found.holder(), id);
            return found.entry();
        } catch (UnreachableException silent) {
            throw new Refusal(
                    Code.UNREACHABLE,
                    silent.getMessage() + " Whether " + id
                            + " is destroyed is not known: look at the quarantine again.");
        }
    }
}
