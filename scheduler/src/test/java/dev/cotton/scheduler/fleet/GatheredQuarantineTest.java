package dev.cotton.scheduler.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.port.Executors;
import dev.cotton.core.wire.QuarantineEntry;
import dev.cotton.core.wire.QuarantineId;
import dev.cotton.scheduler.fleet.Quarantine.Gathered;
import dev.cotton.scheduler.fleet.Quarantine.Text;
import dev.cotton.scheduler.fleet.Refusal.Code;
import dev.cotton.testing.contract.Records;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class GatheredQuarantineTest {
    private static final ClusterName DEMO = new ClusterName("demo");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final InstanceId FIRST = new InstanceId(DEMO, 0);
    private static final InstanceId SECOND = new InstanceId(DEMO, 1);
    private static final QuarantineId EARLIER = new QuarantineId(NOON, SECOND);
    private static final QuarantineId LATER = new QuarantineId(NOON.plusSeconds(60), FIRST);

    private final FakeExecutors executors = new FakeExecutors();
    private final FakeWorld world = new FakeWorld();
    private final Quarantine quarantine = new GatheredQuarantine(world, () -> NOON);

    private final class FakeWorld implements GatheredQuarantine.World {
        private ClusterRecord record = Records.fresh("demo", "uid", 1);
        private Optional<Refusal> refusal = Optional.empty();

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
            refusal.ifPresent(refused -> {
                throw refused;
            });
            record = change.apply(record);
        }
    }

    private static QuarantineEntry entry(QuarantineId id, long bytes) {
        return new QuarantineEntry(
                id,
                GtidSet.parse("11111111-1111-1111-1111-111111111111:41-42"),
                2,
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                bytes,
                true);
    }

    @Test
    void gathersEveryEntryOnceTheOldestFirst() {
        executors.has(FIRST, entry(LATER, 1), "x").has(FIRST, entry(EARLIER, 1), "y");
        executors.has(SECOND, entry(EARLIER, 1), "y");

        Gathered gathered = quarantine.of(DEMO);

        assertThat(gathered.entries()).extracting(QuarantineEntry::id).containsExactly(EARLIER, LATER);
        assertThat(gathered.unasked()).isEmpty();
    }

    @Test
    void saysWhoGaveNoAnswer() {
        executors.has(FIRST, entry(LATER, 1), "x").silence(SECOND);

        Gathered gathered = quarantine.of(DEMO);

        assertThat(gathered.entries()).extracting(QuarantineEntry::id).containsExactly(LATER);
        assertThat(gathered.unasked()).containsOnlyKeys(SECOND);
    }

    @Test
    void doesNotWaitForOneThatIsKnownToBeSilent() {
        executors.has(SECOND, entry(EARLIER, 1), "x").lose(SECOND);

        Gathered gathered = quarantine.of(DEMO);

        assertThat(gathered.entries()).isEmpty();
        assertThat(gathered.unasked()).isEqualTo(Map.of(SECOND, "it is away"));
    }

    @Test
    void doesNotSayThatNothingIsThereWhileSomebodyIsSilent() {
        executors.silence(SECOND);

        assertRefused(() -> quarantine.entry(DEMO, EARLIER), Code.UNREACHABLE, "demo-1", "Nothing was changed.");
        executors.speak(SECOND);
        assertRefused(() -> quarantine.entry(DEMO, EARLIER), Code.NOT_FOUND, EARLIER.toString());
    }

    @Test
    void readsATextPieceByPieceWithWhateverBytesItHas() throws IOException {
        String words = "é".repeat(1 << 20) + "end";
        byte[] all = words.getBytes(UTF_8);
        executors.has(SECOND, entry(EARLIER, all.length), words);

        Text text = quarantine.text(DEMO, EARLIER, 0, Long.MAX_VALUE);

        assertThat(executors.pieces()).isEqualTo(1);
        assertThat(text.content().readAllBytes()).isEqualTo(all);
        assertThat(executors.pieces()).isEqualTo(3);
    }

    @Test
    void readsAPartOfAText() throws IOException {
        executors.has(SECOND, entry(EARLIER, 10), "0123456789");

        Text middle = quarantine.text(DEMO, EARLIER, 3, 4);
        Text after = quarantine.text(DEMO, EARLIER, 11, 4);

        assertThat(middle.bytes()).isEqualTo(4);
        assertThat(new String(middle.content().readAllBytes(), UTF_8)).isEqualTo("3456");
        assertThat(after.bytes()).isZero();
        assertThat(after.content().readAllBytes()).isEmpty();
    }

    @Test
    void aTextThatEndsTooSoonIsAnError() {
        executors.has(SECOND, entry(EARLIER, 20), "0123456789");

        Text text = quarantine.text(DEMO, EARLIER, 0, Long.MAX_VALUE);

        assertThatThrownBy(() -> text.content().readAllBytes()).hasMessageContaining("ends before its end");
    }

    @Test
    void destroysWhereItIsAndSaysSo() {
        executors.has(SECOND, entry(EARLIER, 1), "x");

        assertThat(quarantine.discard(DEMO, EARLIER).id()).isEqualTo(EARLIER);

        assertThat(quarantine.of(DEMO).entries()).isEmpty();
        Event event = world.record.events().getLast();
        assertThat(event.kind()).isEqualTo(Event.Kind.QUARANTINE_DISCARDED);
        assertThat(event.instance()).contains(SECOND);
        assertThat(event.text()).contains(EARLIER.toString(), "2 transactions", ":41-42");
    }

    @Test
    void destroysNothingThatItCannotWriteDown() {
        executors.has(SECOND, entry(EARLIER, 1), "x");
        world.refusal = Optional.of(new Refusal(Code.NOT_READY, "It could not be written down."));

        assertRefused(() -> quarantine.discard(DEMO, EARLIER), Code.NOT_READY, "could not be written down");

        assertThat(quarantine.of(DEMO).entries()).hasSize(1);
    }

    @Test
    void saysThatItIsNotKnownWhetherAnEntryIsDestroyed() {
        executors.has(SECOND, entry(EARLIER, 1), "x").failOnDiscard();

        assertRefused(() -> quarantine.discard(DEMO, EARLIER), Code.UNREACHABLE, "is not known");
    }

    private static void assertRefused(Runnable call, Code code, String... parts) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
                .hasMessageContainingAll(List.of(parts).toArray(String[]::new));
    }
}
