package dev.cotton.executor.provision;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.port.Installation;
import dev.cotton.core.port.MysqlInstallationException;
import dev.cotton.core.port.MysqlInstaller;
import dev.cotton.core.port.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Debian's or Ubuntu's MySQL in a private folder, without root and without touching the system. The packages come from
 * the machine's own mirror, their signatures are checked with the distribution's keys.
 */
public final class DebianMysql implements MysqlInstaller {
    public static final String NAME = "debian";

    /** What lists, packages and the unpacked tree take together while building. */
    private static final DataSize ROOM = DataSize.ofMegabytes(800);

    private static final String KEPT =
            "Nothing outside Cotton's data folder was touched, and nothing half-made was left.";
    private static final String REMEDY = "Check that 'apt-get update' works on this machine and that the disk has room,"
            + " and try again; or install MySQL " + ServerVersion.OLDEST
            + " or newer yourself (host), or give an archive.";

    private final InstallationFolder installations;
    private final AptMachine machine;

    DebianMysql(InstallationFolder installations, AptMachine machine) {
        this.installations = installations;
        this.machine = machine;
    }

    /** @param data the data folder; the installation goes to {@code mysql} below it */
    public static DebianMysql in(Path data) {
        return new DebianMysql(new InstallationFolder(data, InstallationFolder.PATIENCE), AptMachine.ofThisMachine());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Installation install(Progress progress) {
        try {
            Optional<Installation> there = installations.working(NAME, NAME);
            return there.isPresent() ? there.get() : installations.whileLocked(progress, () -> installAlone(progress));
        } catch (IOException | UncheckedIOException failed) {
            throw new MysqlInstallationException(
                    "MySQL could not be installed in " + installations.path() + ": " + failed.getMessage(),
                    KEPT,
                    REMEDY,
                    failed);
        }
    }

    @Override
    public Verdict examine() {
        try {
            Optional<Installation> there = installations.working(NAME, NAME);
            if (there.isPresent()) {
                return Verdict.usable(there.get().why());
            }
        } catch (IOException unreadable) {
            return Verdict.unusable(installations.path() + " cannot be read: " + unreadable.getMessage() + ".", REMEDY);
        }
        return installations
                .obstacle(ROOM)
                .map(obstacle -> Verdict.unusable(obstacle, "Make room or give another data folder."))
                .orElseGet(() -> switch (machine.look()) {
                    case AptMachine.Unable unable -> Verdict.unusable(unable.why(), REMEDY);
                    case AptMachine.Able able ->
                        Verdict.usable("MySQL would be fetched from "
                                + able.plans().getFirst().label() + " into " + installations.path()
                                + " (about 65 MB to fetch, 200 MB on disk).");
                });
    }

    private Installation installAlone(Progress progress) throws IOException {
        Optional<Installation> meanwhile = installations.working(NAME, NAME);
        if (meanwhile.isPresent()) {
            return meanwhile.get();
        }
        Optional<String> obstacle = installations.obstacle(ROOM);
        if (obstacle.isPresent()) {
            throw new IOException(obstacle.get());
        }
        return switch (machine.look()) {
            case AptMachine.Unable unable -> throw new IOException(unable.why());
            case AptMachine.Able able -> firstThatWorks(able, progress);
        };
    }

    private Installation firstThatWorks(AptMachine.Able able, Progress progress) throws IOException {
        List<String> failures = new ArrayList<>();
        for (AptPlan plan : able.plans()) {
            Path folder = installations.newBuild();
            try {
                DebianBuild.Built built = new DebianBuild(plan, able.keyring(), folder, progress).build();
                Path home = installations.publish(built.prefix(), built.version(), NAME);
                return new Installation(
                        built.version().toString(),
                        home,
                        NAME,
                        "MySQL " + built.version() + " was fetched just now from " + plan.label() + ".");
            } catch (IOException failed) {
                failures.add(String.valueOf(failed.getMessage()));
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
            } finally {
                new FileTree(folder).delete();
            }
        }
        throw new IOException(String.join(" ", failures));
    }
}
