package dev.cotton.scheduler.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.port.Executors;
import dev.cotton.core.wire.SchemaChange;
import dev.cotton.testing.contract.Records;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class SchemaChangesTest {
    private static final ClusterName DEMO = new ClusterName("demo");

    private final FakeExecutors executors = new FakeExecutors();
    private final ClusterRecord record = Records.fresh("demo", "uid", 1);
    private final SchemaChanges changes = new SchemaChanges(new GatheredQuarantine.World() {
        @Override
        public ClusterRecord record(ClusterName name) {
            return record;
        }

        @Override
        public Executors executors() {
            return executors;
        }

        @Override
        public void write(ClusterName name, UnaryOperator<ClusterRecord> change) {
            throw new UnsupportedOperationException();
        }
    });

    private List<InstanceId> members() {
        return record.members().stream().map(Member::id).toList();
    }

    private String answer() {
        SchemaChange.Found found = changes.of(DEMO, Instant.EPOCH);
        return found.changes().getFirst().statement();
    }

    @Test
    void anotherMemberAnswersForOneThatIsAway() {
        assertThat(answer()).endsWith(members().getFirst().toString());
        executors.lose(members().getFirst());
        assertThat(answer()).endsWith(members().get(1).toString());
    }

    @Test
    void thatNobodyAnswersIsSaid() {
        members().forEach(executors::lose);
        assertThatThrownBy(this::answer)
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("No executor of demo answers");
    }
}
