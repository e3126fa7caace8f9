package dev.cotton.executor.provision;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.port.Installation;
import dev.cotton.core.port.MysqlInstallationException;
import dev.cotton.core.port.MysqlInstaller;
import dev.cotton.core.port.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * MySQL from a tarball that is known by its SHA-256: Oracle's generic Linux ones, or a packed installation of Cotton's
 * own. Unpacked by the system's tar, which knows the compression.
 */
public final class ArchiveMysql implements MysqlInstaller {
    public static final String NAME = "archive";

    private static final DataSize ROOM = DataSize.ofMegabytes(1_000);
    private static final Duration UNPACK_LIMIT = Duration.ofMinutes(15);
    private static final int DIGITS_IN_NAME = 12;
    private static final String KEPT = "Nothing was left behind and nothing else was changed.";
    private static final String REMEDY = "Check the archive's address and its SHA-256, and that the disk has room.";

    private final InstallationFolder installations;
    private final MysqlArchive archive;
    private final String kind;

    /** @param data the data folder; the installation goes to {@code mysql} below it */
    public ArchiveMysql(Path data, MysqlArchive archive) {
        this.installations = new InstallationFolder(data, InstallationFolder.PATIENCE);
        this.archive = archive;
        this.kind = NAME + "-" + archive.sha256().substring(0, DIGITS_IN_NAME);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Installation install(Progress progress) {
        try {
            Optional<Installation> there = installations.working(kind, NAME);
            return there.isPresent() ? there.get() : installations.whileLocked(progress, () -> installAlone(progress));
        } catch (IOException failed) {
            throw new MysqlInstallationException(
                    "MySQL could not be installed from " + archive + ": " + failed.getMessage(), KEPT, REMEDY, failed);
        }
    }

    @Override
    public Verdict examine() {
        try {
            Optional<Installation> there = installations.working(kind, NAME);
            if (there.isPresent()) {
                return Verdict.usable(there.get().why());
            }
        } catch (IOException unreadable) {
            return Verdict.unusable(unreadable.getMessage() + ".", REMEDY);
        }
        return obstacle()
                .map(obstacle -> Verdict.unusable(obstacle, REMEDY))
                .orElseGet(() -> Verdict.usable("The MySQL archive " + archive + " would be unpacked into "
                        + installations.path() + " if it has the right SHA-256."));
    }

    private Optional<String> obstacle() {
        boolean local = "file".equals(archive.location().getScheme());
        return local && !Files.isReadable(Path.of(archive.location()))
                ? Optional.of("The MySQL archive " + archive + " cannot be read.")
                : installations.obstacle(ROOM);
    }

    private Installation installAlone(Progress progress) throws IOException {
        Optional<Installation> meanwhile = installations.working(kind, NAME);
        if (meanwhile.isPresent()) {
            return meanwhile.get();
        }
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            throw new IOException(obstacle.get());
        }
        Path build = installations.newBuild();
        try {
            Path tarball = build.resolve("archive");
            archive.fetch(tarball, progress);
            progress.report("Unpacking the MySQL archive");
            Path unpacked = unpack(tarball, build);
            Files.delete(tarball);
            progress.report("Checking that MySQL runs");
            return switch (Programs.below(unpacked).check()) {
                case Programs.Broken broken ->
                    throw new IOException("It does not work here: " + broken.problem() + ".");
                case Programs.Works works ->
                    new Installation(
                            works.version().toString(),
                            installations.publish(unpacked, works.version(), kind),
                            NAME,
                            "MySQL " + works.version() + " was unpacked just now from " + archive + ".");
            };
        } finally {
            new FileTree(build).delete();
        }
    }

    private static Path unpack(Path tarball, Path build) throws IOException {
        Path target = Files.createDirectory(build.resolve("unpacked"));
        Command.Outcome outcome = new Command(
                        List.of("tar", "--extract", "--no-same-owner", "--file", tarball.toString()),
                        target,
                        UNPACK_LIMIT)
                .run();
        if (!outcome.succeeded()) {
            throw new IOException("tar could not unpack it: "
                    + outcome.lines().stream()
                            .filter(line -> !line.isBlank())
                            .findFirst()
                            .orElse("it said nothing") + ".");
        }
        try (Stream<Path> children = Files.list(target)) {
            return Stream.concat(Stream.of(target), children.sorted())
                    .filter(folder -> Files.isExecutable(folder.resolve("bin/mysqld")))
                    .findFirst()
                    .orElseThrow(() -> new IOException("There is no bin/mysqld in it."));
        }
    }
}
