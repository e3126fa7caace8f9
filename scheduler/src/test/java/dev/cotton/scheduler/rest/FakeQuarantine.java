package dev.cotton.scheduler.rest;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.QuarantineEntry;
import dev.cotton.core.wire.QuarantineEntry.Rows;
import dev.cotton.core.wire.QuarantineId;
import dev.cotton.scheduler.fleet.Quarantine;
import dev.cotton.scheduler.fleet.Refusal;
import dev.cotton.scheduler.fleet.Refusal.Code;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A quarantine that holds what a test puts there. */
final class FakeQuarantine implements Quarantine {
    static final QuarantineId ID = QuarantineId.parse("20261122T101530Z-demo-0");
    static final byte[] TEXT = {'S', 'E', 'L', 'E', 'C', 'T', ' ', '\'', (byte) 0xE9, '\'', ';', '\n'};

    final List<QuarantineEntry> entries = new CopyOnWriteArrayList<>();
    final Map<InstanceId, String> unasked = new TreeMap<>();
    volatile boolean breaksOff;
    private final Consumer<String> calls;

    FakeQuarantine(Consumer<String> calls) {
        this.calls = calls;
        refill();
    }

    /** Holds its one entry again, whatever was destroyed. */
    void refill() {
        entries.clear();
        entries.add(entry());
    }

    private static QuarantineEntry entry() {
        return new QuarantineEntry(
                ID,
                GtidSet.parse("11111111-1111-1111-1111-111111111111:41-42"),
                2,
                Map.of("shop.orders", new Rows(2, 1, 0)),
                Map.of("CREATE TABLE", 1L),
                Optional.of(Instant.parse("2026-11-22T10:15:20.25Z")),
                Optional.of(Instant.parse("2026-11-22T10:15:21Z")),
                TEXT.length,
                true);
    }

    @Override
    public Gathered of(ClusterName name) {
        calls.accept("quarantine " + name);
        return new Gathered(entries, unasked);
    }

    @Override
    public QuarantineEntry entry(ClusterName name, QuarantineId id) {
        calls.accept("quarantine entry " + name + " " + id);
        return found(id);
    }

    private QuarantineEntry found(QuarantineId id) {
        return entries.stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refusal(Code.NOT_FOUND, "id", "The quarantine has no entry " + id + "."));
    }

    @Override
    public Text text(ClusterName name, QuarantineId id, long offset, long limit) {
        calls.accept("quarantine text " + name + " " + id + " " + offset + " " + limit);
        found(id);
        int begin = (int) Math.min(offset, TEXT.length);
        int length = (int) Math.min(limit, TEXT.length - begin);
        return breaksOff
                ? new Text(BreakingOff.PROMISED, new BreakingOff())
                : new Text(length, new ByteArrayInputStream(TEXT, begin, length));
    }

    /** Gives half of what it promises, and then an error. */
    private static final class BreakingOff extends InputStream {
        private static final int PROMISED = 1 << 20;
        private int given;

        @Override
        public int read() {
            if (given == PROMISED / 2) {
                throw new IllegalStateException("The executor gave no answer.");
            }
            given++;
            return 'x';
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int count = Math.clamp(PROMISED / 2 - given, 1, length);
            Arrays.fill(into, offset, offset + count, (byte) read());
            given += count - 1;
            return count;
        }
    }

    @Override
    public QuarantineEntry discard(ClusterName name, QuarantineId id) {
        calls.accept("quarantine discard " + name + " " + id);
        QuarantineEntry gone = found(id);
        entries.remove(gone);
        return gone;
    }
}
