package dev.cotton.scheduler.fleet;

import dev.cotton.core.control.Planner;
import dev.cotton.core.control.Requests;
import dev.cotton.core.control.Requests.Asked;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Operation.Kind;
import dev.cotton.core.port.Engine;
import dev.cotton.core.wire.Status;
import dev.cotton.scheduler.fleet.Refusal.Code;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What people ask of the number and the kind of a cluster's instances. Thread-safe; a {@link Refusal} has changed nothing. */
final class Changes {
    private static final String UNCHANGED = " Nothing was changed.";

    private final Supplier<Asked> asked;

    Changes(Supplier<Asked> asked) {
        this.asked = asked;
    }

    ClusterRecord change(ClusterLoop loop, Engine engine, UnaryOperator<ClusterSpec> wish) {
        check(loop.view(), engine, wish);
        Asked by = asked.get();
        return loop.request(record -> {
            Successions.refuse(record, Kind.CHANGE);
            return Requests.change(record, wish.apply(record.spec()), by);
        });
    }

    List<String> plan(ClusterLoop loop, Planner planner, Engine engine, UnaryOperator<ClusterSpec> wish) {
        ClusterView view = loop.view();
        ClusterSpec wanted = check(view, engine, wish);
        return planner.changePlan(view.record(), wanted);
    }

    private static ClusterSpec check(ClusterView view, Engine engine, UnaryOperator<ClusterSpec> wish) {
        Successions.refuse(view.record(), Kind.CHANGE);
        ClusterSpec wanted = wish.apply(view.record().spec());
        engine.shortage(wanted.size(), wanted.placement(), wanted.instances()).ifPresent(lack -> {
            throw new Refusal(Code.DOES_NOT_FIT, "size", lack + UNCHANGED);
        });
        largest(view).filter(used -> used.compareTo(wanted.size().disk()) > 0).ifPresent(used -> {
            throw new Refusal(
                    Code.DOES_NOT_FIT,
                    "size.disk",
                    "size.disk: the data take " + used + " already, which is more than "
                            + wanted.size().disk() + "." + UNCHANGED);
        });
        return wanted;
    }

    /** What is used of the disk that has most on it. */
    private static Optional<DataSize> largest(ClusterView view) {
        return view.record().members().stream()
                .flatMap(member -> view.observation().status(member.id()).stream())
                .map(Status::usage)
                .map(Status.Usage::diskUsed)
                .max(Comparator.naturalOrder());
    }
}
