package dev.cotton.executor.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.GtidSet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reads two logs that MySQL 9.7 wrote: with tags, a time from elsewhere, and in the second a compressed transaction. */
public final class BinlogReaderTest {
    private static final String SERVER = "4602f948-eaac-11f1-9baa-02fc00000001";
    private static final String OTHER = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

    private static byte[] log(int number) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(BinlogReaderTest.class.getResourceAsStream("binlog.00000" + number))) {
            return in.readAllBytes();
        }
    }

    private static BinlogReader reader(byte[] log) throws IOException {
        return BinlogReader.begin(new ByteArrayInputStream(log), log.length);
    }

    private static List<GtidEvent> transactions(byte[] log) throws IOException {
        BinlogReader reader = reader(log);
        List<GtidEvent> found = new ArrayList<>();
        for (Optional<EventHeader> next = reader.next(); next.isPresent(); next = reader.next()) {
            byte[] raw = reader.raw();
            if (next.get().beginsTransaction()) {
                found.add(reader.gtid(next.get(), raw));
            }
        }
        return found;
    }

    @Test
    void transactionsHaveTheirNamesAndTheTimesOfTheirFirstCommit() throws IOException {
        List<GtidEvent> found = transactions(log(1));
        assertThat(found)
                .extracting(event -> event.gtid().toString())
                .containsExactly(
                        SERVER + ":1",
                        SERVER + ":2",
                        SERVER + ":3",
                        OTHER + ":42",
                        OTHER + ":mytag:7",
                        OTHER + ":mytag:300");
        assertThat(found.get(0).committed()).isEqualTo(Instant.parse("2026-11-27T21:49:15.355959Z"));
        assertThat(found.get(4).committed()).isEqualTo(Instant.parse("2026-11-27T21:49:15.365988Z"));
        assertThat(found.get(5).committed()).isEqualTo(Instant.parse("2023-11-14T22:13:20.123456Z"));
        assertThat(transactions(log(2)))
                .extracting(event -> event.gtid().toString())
                .containsExactly(SERVER + ":4");
    }

    @Test
    void aLogSaysWhatWasExecutedBeforeIt() throws IOException {
        BinlogReader reader = reader(log(2));
        assertThat(reader.next().orElseThrow().describesFormat()).isTrue();
        reader.raw();
        EventHeader second = reader.next().orElseThrow();
        assertThat(second.hasPreviousGtids()).isTrue();
        assertThat(reader.previousGtids(reader.raw()))
                .isEqualTo(GtidSet.parse(SERVER + ":1-3," + OTHER + ":42," + OTHER + ":mytag:7:300"));
    }

    @Test
    void anEventThatIsNotCompleteYetIsNotSeen() throws IOException {
        byte[] log = log(1);
        int all = transactions(log).size();
        assertThat(transactions(Arrays.copyOf(log, 1434 + 50))).hasSize(all - 1);
        assertThat(transactions(Arrays.copyOf(log, 1434 + 10))).hasSize(all - 1);
    }

    @Test
    void whatIsCopiedIsTheSameAndItsChecksumsAreVerified() throws IOException {
        byte[] log = log(1);
        BinlogReader reader = reader(log);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(reader.next()).isPresent();
        out.write(LogBeginning.plain(reader.raw()));
        while (reader.next().isPresent()) {
            reader.copy(out);
        }
        assertThat(out.toByteArray()).isEqualTo(log);
        log[1000] ^= 1;
        BinlogReader damaged = reader(log);
        damaged.next();
        damaged.raw();
        assertThatThrownBy(() -> {
                    while (damaged.next().isPresent()) {
                        damaged.copy(new ByteArrayOutputStream());
                    }
                })
                .isInstanceOf(BinlogException.class)
                .hasMessage("the checksum of the event at byte 938 is wrong");
    }

    @Test
    void aRelayLogSaysThatNothingCameBeforeIt() throws IOException {
        BinlogReader reader = reader(log(1));
        reader.next();
        BinlogReader relay = reader(LogBeginning.relay(reader.raw(), reader.checksums()));
        relay.next();
        relay.raw();
        assertThat(relay.next().orElseThrow().hasPreviousGtids()).isTrue();
        assertThat(relay.previousGtids(relay.raw())).isEqualTo(GtidSet.EMPTY);
        assertThat(relay.next()).isEmpty();
    }

    @Test
    void whatIsNoBinaryLogIsRefused() {
        assertThatThrownBy(() -> reader("no binary log".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .hasMessage("it does not begin as a binary log does");
    }
}
