package dev.cotton.executor.archive;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.wire.ArchivePiece;
import dev.cotton.core.wire.ArchivePlace;
import dev.cotton.core.wire.BackupManifest.Encryption;
import dev.cotton.executor.archive.ServerLog.Slice;
import dev.cotton.executor.binlog.BinlogException;
import dev.cotton.executor.binlog.BinlogReader;
import dev.cotton.executor.binlog.EventHeader;
import dev.cotton.executor.binlog.LogBeginning;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Follows the binary logs of one server, and writes what the archive lacks: pieces as transactions are committed, many small
 * pieces again as a larger one, and every finished log as a whole. For one thread, but for {@link #whole}.
 */
public final class LogArchiver {
    /** The most of a log that one piece begins another transaction within. */
    static final DataSize LARGEST_PIECE = DataSize.ofMegabytes(16);

    /** So many small pieces become one. */
    static final int MOST_SMALL_PIECES = 30;

    private static final String LOG = "binlog\\.[0-9]{6,}";

    private final StoredArchive archive;
    private final ArchivePlace place;
    private final Path folder;
    private final String server;
    private final Encryption encryption;
    private GtidSet archived = GtidSet.EMPTY;
    private GtidSet lacking = GtidSet.EMPTY;
    private Optional<Position> position = Optional.empty();
    private List<ArchivePiece> known = List.of();

    /**
     * Where it is.
     *
     * @param next of the log, in bytes
     * @param before what was executed before that
     * @param pieces of this log that are in the archive
     */
    private record Position(ServerLog log, long next, GtidSet before, List<ArchivePiece> pieces) {
        Position {
            pieces = List.copyOf(pieces);
        }
    }

    /** A log that mysqld writes no more, all of which is in the archive, in pieces. */
    public record Finished(Path file, List<ArchivePiece> pieces) {
        public Finished {
            pieces = List.copyOf(pieces);
        }
    }

    /**
     * What came of one step.
     *
     * @param written the piece; empty when there was nothing to be archived
     * @param finished the log that was ended by the step
     * @param more whether there is another step to be done at once
     */
    public record Step(Optional<ArchivePiece> written, Optional<Finished> finished, boolean more) {
        private static final Step NOTHING = new Step(Optional.empty(), Optional.empty(), false);
    }

    /**
     * @param folder of the binary logs
     * @param server its UUID
     */
    public LogArchiver(StoredArchive archive, ArchivePlace place, Path folder, String server) {
        this.archive = archive;
        this.place = place;
        this.folder = folder;
        this.server = server;
        this.encryption = archive.encryption();
    }

    /** All transactions of which it is known that the archive has them. */
    public GtidSet archived() {
        return archived;
    }

    /** What should be in the archive, and is not in the logs of this server either. */
    public GtidSet lacking() {
        return lacking;
    }

    /**
     * Looks at what the archive has, removes what nobody needs any more, and finds the first log of this server with
     * something else.
     *
     * @param base what need not be in the archive
     */
    public void begin(GtidSet base) throws IOException {
        archive.removeIncomplete(server);
        List<ArchivePiece> all = archive.pieces();
        archived = transactions(all);
        known = withoutParts(
                all.stream().filter(piece -> piece.server().equals(server)).toList());
        GtidSet covered = archived.union(base);
        Optional<ServerLog> from = Optional.empty();
        for (Path file : logs()) {
            Optional<ServerLog> log = ServerLog.open(file);
            if (log.isPresent() && (from.isEmpty() || covered.contains(log.get().previous()))) {
                from = log;
            }
        }
        lacking = from.map(log -> log.previous().minus(covered)).orElse(GtidSet.EMPTY);
        position = from.map(this::resumed);
        String current = from.map(ServerLog::name).orElse("");
        all.stream()
                .filter(piece -> base.contains(piece.transactions()))
                .filter(piece -> !piece.server().equals(server) || !piece.log().equals(current))
                .forEach(archive::delete);
    }

    /** Removes pieces that are in another, which an ended writer left. */
    private List<ArchivePiece> withoutParts(List<ArchivePiece> pieces) {
        List<ArchivePiece> parts = pieces.stream()
                .filter(part -> pieces.stream().anyMatch(piece -> isPart(part, piece)))
                .toList();
        parts.forEach(archive::delete);
        return pieces.stream().filter(piece -> !parts.contains(piece)).toList();
    }

    private static boolean isPart(ArchivePiece part, ArchivePiece of) {
        boolean within = part.begin() >= of.begin() && part.end() <= of.end();
        return within && part.log().equals(of.log()) && part.end() - part.begin() < of.end() - of.begin();
    }

    private static GtidSet transactions(List<ArchivePiece> pieces) {
        return pieces.stream().map(ArchivePiece::transactions).reduce(GtidSet.EMPTY, GtidSet::union);
    }

    private Position resumed(ServerLog log) {
        List<ArchivePiece> pieces = new ArrayList<>();
        long next = 0;
        GtidSet before = log.previous();
        for (ArchivePiece piece : known) {
            if (piece.log().equals(log.name()) && piece.begin() == next) {
                pieces.add(piece);
                next = piece.end();
                before = before.union(piece.transactions());
            }
        }
        return new Position(log, Math.max(next, log.start()), before, pieces);
    }

    private List<Path> logs() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).matches(LOG))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Archives the next piece, or goes on to the next log.
     *
     * @param executed what is committed on this server, asked for before the call
     */
    public Step step(GtidSet executed) throws IOException {
        if (position.isEmpty()) {
            return Step.NOTHING;
        }
        Position at = position.get();
        Optional<Path> following = logs().stream()
                .filter(file ->
                        String.valueOf(file.getFileName()).compareTo(at.log().name()) > 0)
                .findFirst();
        if (!Files.exists(at.log().file())) {
            throw new BinlogException("The binary log " + at.log().name() + " was purged before it was archived.");
        }
        Slice slice = at.log().slice(at.next(), executed, Files.size(at.log().file()), LARGEST_PIECE.bytes());
        if (!slice.empty()) {
            boolean more = slice.end() - slice.begin() >= LARGEST_PIECE.bytes();
            return new Step(Optional.of(write(at, slice)), Optional.empty(), more);
        }
        if (following.isEmpty() || slice.blocked()) {
            return Step.NOTHING;
        }
        Optional<ServerLog> next = ServerLog.open(following.get());
        position = next.map(this::resumed).or(() -> position);
        return new Step(
                Optional.empty(),
                next.filter(_ -> at.pieces().size() > 1)
                        .map(_ -> new Finished(at.log().file(), at.pieces())),
                next.isPresent());
    }

    private ArchivePiece write(Position at, Slice slice) throws IOException {
        boolean atStart = slice.begin() == at.log().start();
        ArchivePiece piece = write(
                at.log(),
                described(at.log().name(), atStart ? 0 : slice.begin(), slice.end(), false, at.before(), slice));
        archived = archived.union(slice.transactions());
        List<ArchivePiece> pieces = new ArrayList<>(at.pieces());
        pieces.add(piece);
        position = Optional.of(new Position(
                at.log(), slice.end(), at.before().union(slice.transactions()), gathered(at.log(), pieces)));
        return piece;
    }

    private ArchivePiece described(String log, long begin, long end, boolean whole, GtidSet before, Slice slice) {
        return new ArchivePiece(
                ArchivePiece.VERSION,
                place.cluster(),
                server,
                log,
                begin,
                end,
                whole,
                before,
                slice.transactions(),
                slice.first(),
                slice.last(),
                0,
                "",
                encryption);
    }

    private ArchivePiece write(ServerLog log, ArchivePiece described) throws IOException {
        byte[] format = log.format();
        return archive.write(described, out -> {
            out.write(LogBeginning.plain(format));
            copy(log, Math.max(described.begin(), log.start()), described.end(), out);
        });
    }

    /** Event by event, so that what is damaged is not archived. */
    private static void copy(ServerLog log, long begin, long end, OutputStream out) throws IOException {
        try (InputStream in = Files.newInputStream(log.file())) {
            in.skipNBytes(begin);
            BinlogReader reader = BinlogReader.from(in, begin, end, log.checksums());
            for (Optional<EventHeader> next = reader.next(); next.isPresent(); next = reader.next()) {
                reader.copy(out);
            }
        } catch (BinlogException damaged) {
            throw new BinlogException("The binary log " + log.name() + " is damaged: " + damaged.getMessage() + ".");
        }
    }

    /** Writes the last pieces again as one when they are many and small. */
    private List<ArchivePiece> gathered(ServerLog log, List<ArchivePiece> pieces) throws IOException {
        int from = pieces.size();
        long end = pieces.getLast().end();
        while (from > 0 && end - pieces.get(from - 1).begin() <= LARGEST_PIECE.bytes()) {
            from--;
        }
        List<ArchivePiece> small = pieces.subList(from, pieces.size());
        if (small.size() < MOST_SMALL_PIECES) {
            return pieces;
        }
        ArchivePiece one = together(log, small, false);
        List<ArchivePiece> rest = new ArrayList<>(pieces.subList(0, from));
        rest.add(one);
        return rest;
    }

    private ArchivePiece together(ServerLog log, List<ArchivePiece> pieces, boolean whole) throws IOException {
        Instant first = pieces.stream()
                .map(ArchivePiece::first)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Instant last = pieces.stream()
                .map(ArchivePiece::last)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        long begin = pieces.getFirst().begin();
        long end = pieces.getLast().end();
        Slice slice = new Slice(begin, end, transactions(pieces), first, last, false);
        ArchivePiece one = write(
                log, described(log.name(), begin, end, whole, pieces.getFirst().before(), slice));
        pieces.stream()
                .filter(piece -> piece.begin() != begin || piece.end() != end)
                .forEach(archive::delete);
        return one;
    }

    /** Writes a finished log again as one object, and removes its pieces; on any thread. */
    public void whole(Finished finished) throws IOException {
        Optional<ServerLog> log = ServerLog.open(finished.file());
        if (log.isPresent() && finished.pieces().getFirst().begin() == 0) {
            together(log.get(), finished.pieces(), true);
        }
    }
}
