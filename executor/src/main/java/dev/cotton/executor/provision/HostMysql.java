package dev.cotton.executor.provision;

import dev.cotton.core.port.Installation;
import dev.cotton.core.port.MysqlInstallationException;
import dev.cotton.core.port.MysqlInstaller;
import dev.cotton.core.port.Progress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The MySQL that is on the machine already. It is used as it is; only where its programs are not together in one {@code
 * bin} folder, launchers for them are written below the data folder.
 */
public final class HostMysql implements MysqlInstaller {
    public static final String NAME = "host";

    private static final List<String> USUAL_FOLDERS = List.of(
            "/usr/sbin", "/usr/bin", "/usr/libexec", "/usr/local/sbin", "/usr/local/bin", "/usr/local/mysql/bin");
    private static final String REMEDY = "Install MySQL " + ServerVersion.OLDEST
            + " or newer with its client programs, give the home of one, or let Cotton fetch one (debian).";

    private final InstallationFolder installations;
    private final List<Path> folders;
    private final String places;
    private final AppArmor appArmor;

    private sealed interface Search {}

    private record Found(Programs programs, ServerVersion version) implements Search {
        String why() {
            return "MySQL " + version + " is on this machine: " + programs.mysqld() + ".";
        }
    }

    private record NotFound(String why) implements Search {}

    /**
     * @param data the data folder
     * @param folders where to look for the programs, in this order
     * @param places what to call these folders, after "on" or "in"
     */
    HostMysql(Path data, List<Path> folders, String places, AppArmor appArmor) {
        this.installations = new InstallationFolder(data, InstallationFolder.PATIENCE);
        this.folders = List.copyOf(folders);
        this.places = places;
        this.appArmor = appArmor;
    }

    /** The first one on PATH or in the usual folders. */
    public static HostMysql anywhere(Path data) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        List<Path> folders = Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), USUAL_FOLDERS.stream())
                .filter(folder -> folder.startsWith("/"))
                .map(Path::of)
                .distinct()
                .toList();
        return new HostMysql(data, folders, "on PATH or in the usual folders", AppArmor.ofThisMachine());
    }

    /** Only the one below {@code home}. */
    public static HostMysql at(Path data, Path home) {
        Path given = home.toAbsolutePath().normalize();
        return new HostMysql(
                data,
                Stream.of("bin", "sbin", "libexec").map(given::resolve).toList(),
                "in bin, sbin or libexec below " + given,
                AppArmor.ofThisMachine());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Installation install(Progress progress) {
        return switch (search()) {
            case Found found -> new Installation(found.version().toString(), home(found, progress), NAME, found.why());
            case NotFound nothing ->
                throw new MysqlInstallationException(nothing.why(), "Nothing was changed.", REMEDY);
        };
    }

    @Override
    public Verdict examine() {
        return switch (search()) {
            case Found found -> Verdict.usable(found.why());
            case NotFound nothing -> Verdict.unusable(nothing.why(), REMEDY);
        };
    }

    private Search search() {
        List<String> problems = new ArrayList<>();
        for (Path folder : folders) {
            if (!Files.isExecutable(folder.resolve("mysqld"))) {
                continue;
            }
            Path mysqld = realPath(folder.resolve("mysqld"));
            Programs programs = around(mysqld);
            if (appArmor.confines(mysqld)) {
                problems.add(mysqld + " is confined to the distribution's own data folder by AppArmor");
                continue;
            }
            switch (programs.check()) {
                case Programs.Works works -> {
                    return new Found(programs, works.version());
                }
                case Programs.Broken broken -> problems.add(broken.problem());
            }
        }
        return new NotFound(
                problems.isEmpty()
                        ? "There is no mysqld " + places + "."
                        : "No MySQL " + places + " serves: "
                                + String.join("; ", problems.stream().distinct().toList()) + ".");
    }

    /** The programs that belong to {@code mysqld}: its neighbours first, then whatever is found. */
    private Programs around(Path mysqld) {
        Path base = base(mysqld);
        List<Path> places =
                Stream.concat(Stream.of(base.resolve("bin")), folders.stream()).toList();
        return new Programs(
                mysqld, find("mysql", places), find("mysqlbinlog", places), Programs.pluginFoldersBelow(base));
    }

    private static Path find(String program, List<Path> places) {
        return places.stream()
                .map(place -> place.resolve(program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> places.getFirst().resolve(program));
    }

    private Path home(Found found, Progress progress) {
        Programs programs = found.programs();
        Path base = base(programs.mysqld());
        if (programs.equals(Programs.below(base))) {
            return base;
        }
        List<Launcher> launchers = List.of(
                Launcher.to("mysqld", programs.mysqld()),
                Launcher.to("mysql", programs.mysql()),
                Launcher.to("mysqlbinlog", programs.mysqlbinlog()));
        try {
            Optional<Path> existing = withAll(launchers);
            return existing.isPresent()
                    ? existing.get()
                    : installations.whileLocked(progress, () -> publish(launchers, found.version()));
        } catch (IOException failed) {
            throw new MysqlInstallationException(
                    "The launchers for " + programs.mysqld() + " could not be written to " + installations.path() + ": "
                            + failed.getMessage() + ".",
                    "Nothing else was changed.",
                    "Check that the folder can be written.",
                    failed);
        }
    }

    private Optional<Path> withAll(List<Launcher> launchers) throws IOException {
        for (Path home : installations.installed(NAME)) {
            boolean all = true;
            for (Launcher launcher : launchers) {
                all &= launcher.isIn(home);
            }
            if (all) {
                return Optional.of(home);
            }
        }
        return Optional.empty();
    }

    private Path publish(List<Launcher> launchers, ServerVersion version) throws IOException {
        Optional<Path> meanwhile = withAll(launchers);
        if (meanwhile.isPresent()) {
            return meanwhile.get();
        }
        Path build = installations.newBuild();
        for (Launcher launcher : launchers) {
            launcher.write(build);
        }
        return installations.publish(build, version, NAME);
    }

    /** The folder that has {@code bin}, {@code lib} and {@code share}; mysqld finds it the same way. */
    private static Path base(Path mysqld) {
        Path folder = mysqld.getParent();
        Path base = folder == null ? null : folder.getParent();
        return base == null ? Path.of("/usr") : base;
    }

    private static Path realPath(Path program) {
        try {
            return program.toRealPath();
        } catch (IOException _) {
            return program;
        }
    }
}
