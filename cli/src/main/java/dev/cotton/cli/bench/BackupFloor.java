package dev.cotton.cli.bench;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.port.Installation;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The least that a backup and its restore take on this machine, by hand: nothing is counted, encrypted or verified. Used by one
 * thread.
 */
final class BackupFloor {
    /** As an executor compresses: one thread at the fastest of the usual levels. */
    private static final List<String> COMPRESS = List.of("zstd", "-q", "-1", "--single-thread", "-c");

    private static final List<String> DECOMPRESS = List.of("zstd", "-q", "-d", "--single-thread", "-c");

    /** Into {@code $2}, with the certificates in {@code $1}, which mysqld would otherwise make anew. */
    private static final String UNPACK = """
            umask 077
            mkdir -p -- "$2"
            cp -- "$1"/*.pem "$2"
            exec tar -x -C "$2"
            """;

    private final FilledFloor filled;
    private final Path work;
    private final Pipeline pipeline;

    private BackupFloor(FilledFloor filled, Path work, Pipeline pipeline) {
        this.filled = filled;
        this.work = work;
        this.pipeline = pipeline;
    }

    /** @throws dev.cotton.cli.Failure when this machine lacks a program for it */
    static void check() {
        Pipeline.require("tar", "zstd");
    }

    /**
     * Prepares a server with data.
     *
     * @param limit for each step
     */
    static BackupFloor in(Throwaway place, Installation mysql, DataSize data, Duration limit)
            throws IOException, InterruptedException {
        FilledFloor filled = FilledFloor.in(place, mysql, data, limit);
        Path work = filled.floor().folder();
        return new BackupFloor(filled, work, new Pipeline(work, limit));
    }

    private Path copy() {
        return work.resolve("copy");
    }

    private Path archive() {
        return work.resolve("copy.tar.zst");
    }

    private Path restored() {
        return work.resolve("restored");
    }

    /** Has the server copy its data, and packs them into a file that is on the disk for certain. */
    Timed backUp() throws IOException, InterruptedException {
        Files.deleteIfExists(archive());
        try {
            Stopwatch steps = new Stopwatch();
            filled.server().execute("CLONE LOCAL DATA DIRECTORY = '" + copy() + "'");
            steps.done("copied");
            pipeline.intoFile(List.of("tar", "-c", "-C", copy().toString(), "."), COMPRESS, archive());
            try (FileChannel file = FileChannel.open(archive(), StandardOpenOption.WRITE)) {
                file.force(true);
            }
            return steps.stop("stored");
        } catch (SQLException e) {
            throw FilledFloor.failure(e);
        } finally {
            Playground.delete(copy());
        }
    }

    /** After {@link #backUp}: unpacks the file and starts a server on what was in it. */
    Timed restore() throws IOException, InterruptedException {
        try {
            Stopwatch steps = new Stopwatch();
            List<String> unpack = new ArrayList<>(filled.floor().asUser());
            unpack.addAll(List.of("/bin/sh", "-euc", UNPACK, "floor"));
            unpack.add(filled.floor().template().resolve("mysql").toString());
            unpack.add(restored().resolve("mysql").toString());
            pipeline.outOfFile(archive(), DECOMPRESS, unpack);
            steps.done("unpacked");
            try (FloorServer server = filled.floor().startOn(restored())) {
                server.awaitGreeting();
                return steps.stop("data restored");
            }
        } finally {
            Playground.delete(restored());
        }
    }
}
