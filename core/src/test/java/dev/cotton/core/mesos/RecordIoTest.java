package dev.cotton.core.mesos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

final class RecordIoTest {
    private static final int LARGEST = 1000;

    @Test
    void readsRecordsOneAfterTheOtherAndThenTheEnd() throws IOException {
        assertThat(all(bytes("20\n{\"type\":\"HEARTBEAT\"}3\na\nb0\n6\nzwölf")))
                .containsExactly("{\"type\":\"HEARTBEAT\"}", "a\nb", "", "zwölf");
    }

    @Test
    void doesNotCareHowTheBytesArrive() throws IOException {
        String stream = "4\nabcd11\nhello\nworld1\nx";
        RandomGenerator random = RandomGeneratorFactory.getDefault().create(4);
        for (int round = 0; round < 500; round++) {
            assertThat(all(new Dribbling(stream.getBytes(UTF_8), random)))
                    .as("round %d", round)
                    .containsExactly("abcd", "hello\nworld", "x");
        }
    }

    @Test
    void saysThatItEndedInTheMidst() {
        assertThatThrownBy(() -> all(bytes("10\nabc")))
                .isInstanceOf(EOFException.class)
                .hasMessage("The event stream ended after 3 of a record's 10 bytes.");
        assertThatThrownBy(() -> all(bytes("1\na12")))
                .isInstanceOf(EOFException.class)
                .hasMessage("The event stream ended within a record's length.");
    }

    @Test
    void refusesRubbishNamingIt() {
        assertThatThrownBy(() -> all(bytes("<html>")))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("The event stream is not RecordIO: where a record's length belongs there is '<'.");
        assertThatThrownBy(() -> all(bytes("\n"))).hasMessageEndingWith("there is the byte 10.");
        assertThatThrownBy(() -> all(bytes("-1\n"))).hasMessageEndingWith("there is '-'.");
        assertThatThrownBy(() -> all(bytes("1 \na"))).hasMessageEndingWith("there is the byte 32.");
    }

    @Test
    void refusesARecordThatIsTooLongBeforeReadingIt() {
        assertThatThrownBy(() -> all(bytes("1001\n")))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("The event stream has a record of more than 1000 bytes, which is not taken.");
        assertThatThrownBy(() -> all(bytes("99999999999999999999999999"))).hasMessageContaining("more than 1000 bytes");
    }

    @Test
    void takesTheLongestRecordThatIsAllowed() throws IOException {
        assertThat(all(bytes("1000\n" + "y".repeat(1000)))).containsExactly("y".repeat(1000));
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static List<String> all(InputStream in) throws IOException {
        RecordIo records = new RecordIo(in, LARGEST);
        List<String> read = new ArrayList<>();
        for (Optional<byte[]> next = records.next(); next.isPresent(); next = records.next()) {
            read.add(new String(next.get(), UTF_8));
        }
        return read;
    }

    /** Gives one to four bytes at a time. */
    private static final class Dribbling extends InputStream {
        private final byte[] bytes;
        private final RandomGenerator random;
        private int next;

        Dribbling(byte[] bytes, RandomGenerator random) {
            this.bytes = bytes.clone();
            this.random = random;
        }

        @Override
        public int read() {
            return next < bytes.length ? bytes[next++] : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (next == bytes.length) {
                return -1;
            }
            int count = Math.min(Math.min(length, bytes.length - next), random.nextInt(1, 5));
            System.arraycopy(bytes, next, into, offset, count);
            next += count;
            return count;
        }
    }
}
