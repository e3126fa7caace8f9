package dev.cotton.executor.server;

import dev.cotton.core.model.DataSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A log file that somebody else appends to (opened for appending, so that it can be cut off under his hands), kept
 * bounded: what is older goes to neighbours, and the oldest of those away. mysqld is not told, because FLUSH LOGS hangs
 * while commits wait; a line that it writes in the very moment of the cut may be lost.
 *
 * <p>Offsets count from the first byte ever logged and do not change by rotation: a neighbour's name ends with the
 * offset at which it begins. Thread-safe, also several objects for one file; one process at a time.
 */
public final class RotatingLog {
    /** {@code next} is the offset that continues after {@code text}. */
    public record Piece(String text, long next) {}

    private static final DataSize LIMIT = DataSize.ofMegabytes(8);
    private static final int KEPT = 3;
    private static final int LONGEST_CHARACTER = 4;

    /** Between the copy and the cut there are two of everything. */
    private static final Object ROTATION = new Object();

    /** A file with the offsets of its first byte and of the one after its last. */
    private record Part(Path file, long start, long end) {}

    private final Path file;
    private final DataSize limit;
    private final int kept;

    /** @param file need not exist yet */
    public RotatingLog(Path file) {
        this(file, LIMIT, KEPT);
    }

    RotatingLog(Path file, DataSize limit, int kept) {
        this.file = file;
        this.limit = limit;
        this.kept = kept;
    }

    /** Rotates when the file has outgrown its limit. Cheap otherwise; call it every few seconds. */
    public void rotate() {
        synchronized (ROTATION) {
            try {
                if (Files.exists(file) && Files.size(file) >= limit.bytes()) {
                    List<Part> former = former();
                    moveAway(former.isEmpty() ? 0 : former.getLast().end());
                    for (Part old : former.subList(0, Math.max(0, former.size() + 1 - kept))) {
                        Files.deleteIfExists(old.file());
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void moveAway(long start) throws IOException {
        Path away = file.resolveSibling("%s.%019d".formatted(file.getFileName(), start));
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileChannel to = FileChannel.open(
                        away,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            long copied = 0;
            while (copied < from.size()) {
                copied += from.transferTo(copied, from.size() - copied, to);
            }
            from.truncate(0);
        }
    }

    /**
     * A piece of the log, cut between characters.
     *
     * @param offset where to begin; negative counts from the end; what is not kept any more is skipped
     * @param limit bytes, at most; fewer than the longest character's are not enough for anything
     */
    public Piece read(long offset, int limit) {
        synchronized (ROTATION) {
            try {
                List<Part> parts = new ArrayList<>(former());
                long last = parts.isEmpty() ? 0 : parts.getLast().end();
                parts.add(new Part(file, last, last + (Files.exists(file) ? Files.size(file) : 0)));
                long end = parts.getLast().end();
                long begin = Math.max(0, offset < 0 ? end + offset : offset);
                for (Part part : parts) {
                    if (begin < part.end()) {
                        return read(part, Math.max(begin, part.start()), Math.max(limit, LONGEST_CHARACTER));
                    }
                }
                return new Piece("", end);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Piece read(Part part, long begin, int limit) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(limit, part.end() - begin));
        try (FileChannel channel = FileChannel.open(part.file(), StandardOpenOption.READ)) {
            long position = begin - part.start();
            while (bytes.hasRemaining()) {
                int count = channel.read(bytes, position + bytes.position());
                if (count < 0) {
                    break;
                }
            }
        }
        byte[] read = bytes.array();
        int first = 0;
        while (first < Math.min(LONGEST_CHARACTER, bytes.position()) && isContinuation(read[first])) {
            first++;
        }
        int length = wholeCharacters(read, bytes.position());
        return new Piece(new String(read, first, Math.max(0, length - first), StandardCharsets.UTF_8), begin + length);
    }

    /** How many of the first {@code length} bytes there are up to the end of the last whole character. */
    private static int wholeCharacters(byte[] bytes, int length) {
        for (int back = 1; back <= Math.min(LONGEST_CHARACTER, length); back++) {
            byte leading = bytes[length - back];
            if (!isContinuation(leading)) {
                int size = leading >= 0 ? 1 : Integer.numberOfLeadingZeros(~(leading << 24));
                return size > back && back < length ? length - back : length;
            }
        }
        return length;
    }

    private static boolean isContinuation(byte character) {
        return (character & 0xC0) == 0x80;
    }

    /** What was moved away and is still kept, the oldest first. */
    private List<Part> former() throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        Pattern name = Pattern.compile(Pattern.quote(String.valueOf(file.getFileName())) + "\\.([0-9]{19})");
        List<Part> parts = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.sorted().toList()) {
                String entryName = String.valueOf(entry.getFileName());
                if (name.matcher(entryName).matches()) {
                    long start = Long.parseLong(entryName.substring(entryName.length() - 19));
                    parts.add(new Part(entry, start, start + Files.size(entry)));
                }
            }
        }
        return parts;
    }
}
