package dev.cotton.scheduler.engine.mesos.master;

import dev.cotton.core.model.Endpoint;
import java.util.List;

/** One after the other, for ever. */
final class ListedMasters implements Masters {
    private final List<Endpoint> masters;
    private int asked;

    ListedMasters(List<Endpoint> masters) {
        this.masters = List.copyOf(masters);
    }

    @Override
    public Endpoint next() {
        return masters.get(asked++ % masters.size());
    }

    @Override
    public void close() {}
}
