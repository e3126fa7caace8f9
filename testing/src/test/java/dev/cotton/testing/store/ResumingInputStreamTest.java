package dev.cotton.testing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.port.BackupStoreException;
import dev.cotton.core.port.BackupStoreException.CorruptException;
import dev.cotton.core.port.BackupStoreException.UnreachableException;
import dev.cotton.core.storage.ResumingInputStream;
import dev.cotton.core.storage.Retries;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResumingInputStreamTest {
    private static final Retries THREE = new Retries(3, Duration.ZERO, Duration.ZERO);

    private final byte[] content = TestContent.bytes(1_000);
    private final List<Long> opened = new ArrayList<>();

    /** Gives so many bytes of each connection, and then ends as if that were all. */
    private ResumingInputStream stream(int bytesOfEach, boolean corrupt) {
        return new ResumingInputStream(
                new ResumingInputStream.Source() {
                    @Override
                    public InputStream open(long offset) {
                        opened.add(offset);
                        return new ByteArrayInputStream(content, (int) offset, bytesOfEach);
                    }

                    @Override
                    public BackupStoreException failure(IOException broken) {
                        return corrupt
                                ? new CorruptException("Broken.", "", "", broken)
                                : new UnreachableException("Gone.", "", "", broken);
                    }
                },
                100,
                900,
                THREE);
    }

    @Test
    void goesOnWhereItWasAfterEveryEarlyEnd() throws IOException {
        try (InputStream in = stream(300, false)) {
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 100, 900));
        }
        assertThat(opened).containsExactly(100L, 400L, 700L);
    }

    @Test
    void givesUpWhenNothingComes() {
        InputStream in = stream(0, false);

        assertThatThrownBy(in::readAllBytes).isInstanceOf(UnreachableException.class);
        assertThat(opened).containsExactly(100L, 100L, 100L);
    }

    @Test
    void doesNotTryAgainWhatCannotGetBetter() {
        InputStream in = stream(0, true);

        assertThatThrownBy(in::readAllBytes).isInstanceOf(CorruptException.class);
        assertThat(opened).containsExactly(100L);
    }
}
