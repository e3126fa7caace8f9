package dev.cotton.scheduler.fleet;

import dev.cotton.core.control.Requests;
import dev.cotton.core.control.Requests.Asked;
import dev.cotton.core.control.Requests.Identity;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.Operation.Kind;
import dev.cotton.core.model.Origin;
import dev.cotton.core.port.StateStore.NameTakenException;
import dev.cotton.core.port.StateStore.StateException;
import dev.cotton.scheduler.fleet.Fleet.Creation;
import dev.cotton.scheduler.fleet.Fleet.Happened;
import dev.cotton.scheduler.fleet.Fleet.Started;
import dev.cotton.scheduler.fleet.Refusal.Code;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;

/** Makes new clusters, one at a time. Thread-safe. */
final class Creations {
    private final InstantSource wall;
    private final Feed feed;

    Creations(InstantSource wall, Feed feed) {
        this.wall = wall;
        this.feed = feed;
    }

    synchronized Started create(Reign reign, Creation wanted) {
        Optional<ClusterRecord> holder = reign.records()
                .filter(ClusterRecord::holdsName)
                .filter(record -> record.name().equals(wanted.name()))
                .findFirst();
        if (holder.isPresent()) {
            return again(reign, holder.get(), wanted);
        }
        Feasibility.check(reign.outside().engine(), wanted.spec());
        ClusterRecord record = first(reign, wanted);
        try {
            reign.outside().store().create(record);
        } catch (NameTakenException taken) {
            throw exists(wanted.name());
        } catch (StateException failed) {
            throw new Refusal(Code.NOT_READY, "Nothing was created: " + failed.getMessage());
        }
        reign.begin(record);
        record.events().forEach(event -> feed.publish(new Happened(record.name(), event)));
        return new Started(record.name(), record.operations().getLast());
    }

    private ClusterRecord first(Reign reign, Creation wanted) {
        String uid = Ids.uid();
        int firstOrdinal = reign.records()
                .filter(record -> record.name().equals(wanted.name()))
                .mapToInt(ClusterRecord::nextOrdinal)
                .max()
                .orElse(0);
        Identity identity = new Identity(
                uid, reign.outside().secrets().seal(uid, wanted.password()), firstOrdinal, wanted.origin());
        Asked asked = new Asked(Ids.operation(), wall.instant(), wanted.idempotencyKey());
        return Requests.create(wanted.name(), wanted.spec(), identity, reign.term(), asked);
    }

    private static Started again(Reign reign, ClusterRecord holder, Creation wanted) {
        Optional<Operation> same = holder.operations().stream()
                .filter(operation -> operation.kind() == Kind.CREATE
                        && operation.idempotencyKey().isPresent()
                        && operation.idempotencyKey().equals(wanted.idempotencyKey()))
                .findFirst();
        boolean sameValues = holder.spec().equals(wanted.spec())
                && holder.origin().equals(wanted.origin())
                && wanted.password()
                        .map(password -> matches(reign, holder, password))
                        .orElse(true);
        if (same.isPresent() && sameValues) {
            return new Started(holder.name(), same.get());
        }
        throw exists(wanted.name());
    }

    private static Refusal exists(ClusterName name) {
        return new Refusal(Code.EXISTS, "name", "A cluster named " + name + " exists; nothing was changed.");
    }

    /** Whether {@code password} is that of the cluster's user. */
    static boolean matches(Reign reign, ClusterRecord record, String password) {
        String real = reign.outside().secrets().accounts(record).clusterPassword();
        return MessageDigest.isEqual(real.getBytes(StandardCharsets.UTF_8), password.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Has the heir of a cluster in the bin begin, and notes that it has; when it cannot begin, why. Asked again after a
     * scheduler was killed in between, it makes no second one.
     */
    void succeed(Reign reign, ClusterLoop loop) {
        ClusterRecord former = loop.view().record();
        former.heir().ifPresent(heir -> {
            String why = begun(reign, former, heir);
            loop.request(
                    record -> record.heir().isPresent() ? Requests.succeeded(record, why, wall.instant()) : record);
            loop.wake();
        });
    }

    private String begun(Reign reign, ClusterRecord former, Origin heir) {
        Creation wanted = new Creation(
                former.name(),
                former.spec(),
                Optional.of(reign.outside().secrets().accounts(former).clusterPassword()),
                Optional.of("heir-of-" + former.uid()),
                Optional.of(heir));
        try {
            create(reign, wanted);
            return "A new cluster named " + former.name() + " begins with " + heir + ".";
        } catch (Refusal refusal) {
            if (refusal.code() == Code.NOT_READY) {
                throw refusal;
            }
            return "No new cluster has begun: " + refusal.getMessage() + " The former one is in the bin; bring it back"
                    + " with a restore.";
        }
    }
}
