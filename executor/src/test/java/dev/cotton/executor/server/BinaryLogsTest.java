package dev.cotton.executor.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.DataSize;
import dev.cotton.executor.server.BinaryLogs.Log;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BinaryLogsTest {
    private static final DataSize BUDGET = DataSize.ofMegabytes(40);

    @TempDir
    Path parent;

    /** Of 10 MB each. */
    private static List<Log> logs(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> new Log(name(number), DataSize.ofMegabytes(10)))
                .toList();
    }

    private static String name(int number) {
        return "binlog.%06d".formatted(number);
    }

    private static List<String> surplus(int count, int... open) {
        Set<String> names =
                Set.copyOf(IntStream.of(open).mapToObj(BinaryLogsTest::name).toList());
        return BinaryLogs.surplus(logs(count), names, BUDGET).stream()
                .map(Log::name)
                .toList();
    }

    @Test
    void theOldestGoUntilTheRestFits() {
        assertThat(surplus(7, 7)).containsExactly(name(1), name(2), name(3));
        assertThat(surplus(4, 4)).isEmpty();
    }

    @Test
    void whatIsBeingSentStaysAndTheOneBeforeIt() {
        assertThat(surplus(9, 4, 9)).containsExactly(name(1), name(2));
        assertThat(surplus(9, 2, 9)).isEmpty();
        assertThat(surplus(9, 1, 9)).isEmpty();
    }

    @Test
    void nothingGoesWhenItCannotBeSeenWhatIsOpen() {
        assertThat(surplus(9)).isEmpty();
    }

    @Test
    void neverTheOneThatIsWritten() {
        DataSize nothing = new DataSize(0);
        assertThat(BinaryLogs.surplus(logs(3), Set.of(name(3)), nothing)).hasSize(1);
        assertThat(BinaryLogs.surplus(logs(1), Set.of(name(1)), nothing)).isEmpty();
        assertThat(BinaryLogs.surplus(List.of(), Set.of(), nothing)).isEmpty();
    }

    @Test
    void seesWhichThereAreAndWhichAreOpen() throws IOException {
        DataFolder folder = new DataFolder(parent.toRealPath().resolve("i"));
        Path logs = Files.createDirectories(folder.data().resolve("binlog"));
        for (String name : Stream.of("binlog.000002", "binlog.000001", "binlog.index", "binlog.000003.tmp")
                .toList()) {
            Files.write(logs.resolve(name), new byte[] {1, 2, 3});
        }
        BinaryLogs found = new BinaryLogs(folder);
        try (FileChannel _ = FileChannel.open(logs.resolve(name(2)))) {
            assertThat(found.all())
                    .containsExactly(new Log(name(1), new DataSize(3)), new Log(name(2), new DataSize(3)));
            assertThat(found.openIn(ProcessHandle.current().pid())).containsExactly(name(2));
        }
    }
}
