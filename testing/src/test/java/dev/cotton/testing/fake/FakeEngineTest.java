package dev.cotton.testing.fake;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Resources;
import dev.cotton.core.port.Engine.Presence;
import dev.cotton.testing.contract.EngineBench;
import dev.cotton.testing.contract.KnownHostsContract;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** The fake keeps the contract too, so that what is tested with it is tested with an engine. */
final class FakeEngineTest extends KnownHostsContract {
    @Override
    protected EngineBench newBench(int hosts) {
        return new FakeBench(new FakeEngine(
                IntStream.rangeClosed(1, hosts).mapToObj(number -> "h" + number).toList(),
                new Resources(4, DataSize.ofMegabytes(2048), DataSize.ofMegabytes(100 << 10))));
    }

    /** Executors are numbers here: one more with every crash. */
    private record FakeBench(FakeEngine engine, Map<InstanceId, Integer> starts) implements EngineBench {
        FakeBench(FakeEngine engine) {
            this(engine, new ConcurrentHashMap<>());
        }

        @Override
        public FakeEngine reopen() {
            return engine;
        }

        @Override
        public Optional<String> executor(InstanceId id) {
            return Optional.ofNullable(engine.observe().get(id))
                    .filter(place -> place.presence() == Presence.RUNNING)
                    .map(running -> id + " started " + starts.getOrDefault(id, 1));
        }

        @Override
        public void crash(InstanceId id) {
            starts.merge(id, 2, Integer::sum);
        }

        @Override
        public void loseData(InstanceId id) {
            engine.lose(id);
        }

        @Override
        public Optional<String> data(InstanceId id) {
            return Optional.ofNullable(engine.observe().get(id))
                    .filter(place -> place.presence() == Presence.RUNNING || place.presence() == Presence.BINNED)
                    .map(there -> "data of " + id);
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
