package dev.cotton.scheduler.engine.local;

import dev.cotton.testing.contract.EngineBench;
import dev.cotton.testing.contract.KnownHostsContract;

/** The local engine does what every engine does, with real processes. */
final class LocalEngineContractTest extends KnownHostsContract {
    @Override
    protected EngineBench newBench(int hosts) {
        return new LocalBench(LocalBench.hosts(hosts));
    }
}
