package dev.cotton.scheduler.fleet;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.port.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What the quarantine sees of the present term, by what looks a live cluster's loop up. Thread-safe. */
record LiveClusters(Function<ClusterName, ClusterLoop> live, Supplier<Executors> connections)
        implements GatheredQuarantine.World {
    @Override
    public ClusterRecord record(ClusterName name) {
        return live.apply(name).view().record();
    }

    @Override
    public Executors executors() {
        return connections.get();
    }

    @Override
    public void write(ClusterName name, UnaryOperator<ClusterRecord> change) {
        ClusterLoop loop = live.apply(name);
        loop.request(change);
        loop.wake();
    }
}
