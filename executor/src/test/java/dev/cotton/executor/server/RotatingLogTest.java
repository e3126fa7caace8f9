package dev.cotton.executor.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.DataSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RotatingLogTest {
    @TempDir
    Path folder;

    private Path file = Path.of("");
    private RotatingLog log = new RotatingLog(file);

    @BeforeEach
    void open() {
        file = folder.resolve("a.log");
        log = new RotatingLog(file, new DataSize(100), 2);
    }

    @Test
    void leavesASmallFileAlone() throws IOException {
        log.rotate();
        append("x".repeat(99));
        log.rotate();
        assertThat(files()).containsExactly("a.log");
    }

    @Test
    void movesALargeFileAwayAndKeepsTheLastOnes() throws IOException {
        for (String content : new String[] {"a", "b", "c", "d"}) {
            append(content.repeat(100));
            log.rotate();
            assertThat(Files.size(file)).isZero();
        }
        assertThat(files()).containsExactly("a.log", "a.log.0000000000000000200", "a.log.0000000000000000300");
    }

    @Test
    void offsetsDoNotChangeByRotation() throws IOException {
        append("first line\n" + "x".repeat(100));
        RotatingLog.Piece before = log.read(6, 5);
        log.rotate();
        append("last line\n");

        assertThat(log.read(6, 5)).isEqualTo(before).isEqualTo(new RotatingLog.Piece("line\n", 11));
        assertThat(log.read(111, 1000)).isEqualTo(new RotatingLog.Piece("last line\n", 121));
        assertThat(log.read(-5, 1000)).isEqualTo(new RotatingLog.Piece("line\n", 121));
        assertThat(log.read(121, 1000)).isEqualTo(new RotatingLog.Piece("", 121));
        assertThat(log.read(5000, 1000)).isEqualTo(new RotatingLog.Piece("", 121));
    }

    @Test
    void aReaderFollowsThroughRotationsAndSkipsWhatIsGone() throws IOException {
        StringBuilder written = new StringBuilder();
        StringBuilder read = new StringBuilder();
        long offset = 0;
        for (int i = 0; i < 60; i++) {
            String line = "line " + i + " äöü €\n";
            append(line);
            written.append(line);
            log.rotate();
            RotatingLog.Piece piece = log.read(offset, 17);
            read.append(piece.text());
            offset = piece.next();
        }
        RotatingLog.Piece piece = log.read(offset, 17);
        while (!piece.text().isEmpty()) {
            read.append(piece.text());
            piece = log.read(piece.next(), 17);
        }
        assertThat(written.toString()).endsWith(read.substring(read.length() - 200));
        assertThat(read.toString()).doesNotContain("\uFFFD");
        assertThat(log.read(0, 10).next()).isGreaterThan(900);
    }

    @Test
    void nothingIsReadOfAFileThatIsNotThere() {
        assertThat(log.read(0, 100)).isEqualTo(new RotatingLog.Piece("", 0));
        assertThat(log.read(-100, 100)).isEqualTo(new RotatingLog.Piece("", 0));
    }

    @Test
    void bytesThatAreNoTextDoNotHoldAReaderUp() throws IOException {
        Files.write(
                file, new byte[] {(byte) 0xE2, (byte) 0x82, (byte) 0x80, (byte) 0x80, (byte) 0x80, 'x', (byte) 0xE2});
        assertThat(log.read(0, 100).next()).isEqualTo(6);
        assertThat(log.read(6, 100).next()).isEqualTo(7);
    }

    @Test
    void aWriterThatAppendsGoesOnAtTheCut() throws Exception {
        Process writer = new ProcessBuilder(
                        "sh", "-c", "exec >>'" + file + "'; echo " + "x".repeat(120) + "; read a; echo y")
                .start();
        Awaitility.await().until(() -> Files.exists(file) && Files.size(file) == 121);
        log.rotate();
        writer.getOutputStream().write('\n');
        writer.getOutputStream().close();
        assertThat(writer.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(file).hasContent("y\n");
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private String[] files() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toArray(String[]::new);
        }
    }
}
