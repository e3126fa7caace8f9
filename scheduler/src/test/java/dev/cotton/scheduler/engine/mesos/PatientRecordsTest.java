package dev.cotton.scheduler.engine.mesos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.port.StateStore.DeposedException;
import dev.cotton.core.port.StateStore.OutcomeUnknownException;
import dev.cotton.core.port.StateStore.StateException;
import dev.cotton.scheduler.engine.EngineRecords;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PatientRecordsTest {
    private final Deque<StateException> troubles = new ArrayDeque<>();
    private final List<String> written = new ArrayList<>();
    private final PatientRecords<String> records = new PatientRecords<>(new EngineRecords<>() {
        @Override
        public List<String> load() {
            return written;
        }

        @Override
        public void save(String record) {
            write(record);
        }

        @Override
        public void remove(String name) {
            write("-" + name);
        }

        private void write(String what) {
            StateException trouble = troubles.poll();
            if (trouble != null) {
                throw trouble;
            }
            written.add(what);
        }
    });

    @Test
    void writesAgainUntilItIsKnownToBeStored() {
        troubles.add(new OutcomeUnknownException("The connection was lost.", new IllegalStateException()));
        troubles.add(new StateException("ZooKeeper is away."));
        records.save("a");
        troubles.add(new StateException("ZooKeeper is away."));
        records.remove("a");

        assertThat(written).containsExactly("a", "-a");
    }

    @Test
    void endsWithTheLeadership() {
        troubles.add(new DeposedException("Another scheduler leads."));

        assertThatThrownBy(() -> records.save("a")).isInstanceOf(DeposedException.class);
        assertThat(written).isEmpty();
    }

    @Test
    void endsWhenItIsInterrupted() {
        troubles.add(new StateException("ZooKeeper is away."));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> records.save("a")).hasMessage("ZooKeeper is away.");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(written).isEmpty();
    }
}
