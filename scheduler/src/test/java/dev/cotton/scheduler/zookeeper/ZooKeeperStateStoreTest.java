package dev.cotton.scheduler.zookeeper;

import dev.cotton.testing.contract.Participant;
import dev.cotton.testing.contract.StateStoreContract;
import java.util.SortedMap;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ZooKeeperStateStoreTest extends StateStoreContract {
    @RegisterExtension
    static final TestEnsemble ENSEMBLE = new TestEnsemble();

    @Override
    protected Participant participant() {
        return ENSEMBLE.scheduler();
    }

    @Override
    protected SortedMap<String, String> discovery() {
        return ENSEMBLE.seen("/discover");
    }
}
