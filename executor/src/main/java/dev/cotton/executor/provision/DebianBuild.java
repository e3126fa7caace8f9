package dev.cotton.executor.provision;

import dev.cotton.core.port.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Builds one private MySQL from the packages of one plan, in a folder of its own. */
final class DebianBuild {
    private static final Duration UNPACK_LIMIT = Duration.ofMinutes(5);

    private final AptPlan plan;
    private final Path keyring;
    private final Path folder;
    private final Progress progress;

    /** A whole and checked installation that is not in its place yet. */
    record Built(Path prefix, ServerVersion version) {}

    /** @param folder empty; everything happens in it */
    DebianBuild(AptPlan plan, Path keyring, Path folder, Progress progress) {
        this.plan = plan;
        this.keyring = keyring;
        this.folder = folder;
        this.progress = progress;
    }

    /** @throws IOException with a sentence that says why there is no MySQL to be had from this plan */
    Built build() throws IOException {
        Path unpacked = folder.resolve("unpacked");
        fetchAndUnpack(unpacked);
        progress.report("Keeping what MySQL needs and dropping the rest");
        Path prefix = folder.resolve("prefix");
        new PrivatePrefix(unpacked, prefix).assemble();
        progress.report("Checking that MySQL runs");
        return switch (Programs.below(prefix).check()) {
            case Programs.Works works -> new Built(prefix, works.version());
            case Programs.Broken broken ->
                throw new IOException("The MySQL from " + plan.label() + " does not work: " + broken.problem() + ".");
        };
    }

    private void fetchAndUnpack(Path unpacked) throws IOException {
        PrivateApt apt = PrivateApt.in(Files.createDirectory(folder.resolve("apt")), plan, keyring);
        apt.update("Reading the package lists of " + plan.label(), progress);
        MysqlPackages packages = MysqlPackages.newest(apt.versions(MysqlPackages.NAMES))
                .orElseThrow(() -> new IOException(
                        "There is no MySQL " + ServerVersion.OLDEST + " or newer in " + plan.label() + "."));
        progress.report("Working out which packages MySQL needs");
        fetch(apt, apt.closure(packages.core()), unpacked);
        PrivatePrefix prefix = new PrivatePrefix(unpacked, folder.resolve("prefix"));
        for (String extra : packages.extras()) {
            if (!prefix.missing().isEmpty()) {
                fetch(apt, List.of(new PrivateApt.Download(extra, 0)), unpacked);
            }
        }
        if (!prefix.missing().isEmpty()) {
            throw new IOException(
                    "The packages of " + plan.label() + " lack " + String.join(", ", prefix.missing()) + ".");
        }
    }

    private void fetch(PrivateApt apt, List<PrivateApt.Download> packages, Path unpacked) throws IOException {
        Path target = Files.createTempDirectory(folder, "packages");
        String step = "Fetching " + described(packages);
        apt.download(
                packages.stream().map(PrivateApt.Download::name).toList(),
                target,
                fraction -> progress.report(step, OptionalDouble.of(fraction)));
        unpack(target, unpacked);
    }

    private void unpack(Path packages, Path target) throws IOException {
        List<Path> largestFirst;
        try (Stream<Path> files = Files.list(packages)) {
            largestFirst = files.sorted(Comparator.comparingLong(
                                    (Path file) -> file.toFile().length())
                            .reversed())
                    .toList();
        }
        Files.createDirectories(target);
        AtomicInteger done = new AtomicInteger();
        try (ExecutorService workers = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofVirtual().name("unpack-", 0).factory())) {
            List<Callable<Path>> tasks = largestFirst.stream()
                    .<Callable<Path>>map(file -> () -> {
                        unpackOne(file, target);
                        progress.report(
                                "Unpacking " + largestFirst.size() + " packages",
                                OptionalDouble.of((double) done.incrementAndGet() / largestFirst.size()));
                        return file;
                    })
                    .toList();
            for (Future<Path> task : workers.invokeAll(tasks)) {
                if (task.state() == Future.State.FAILED) {
                    Throwable failure = task.exceptionNow();
                    throw new IOException("A package could not be unpacked: " + failure.getMessage(), failure);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("The installation was called off.", interrupted);
        }
    }

    private static void unpackOne(Path file, Path target) throws IOException {
        Command.Outcome outcome = Command.of(UNPACK_LIMIT, "dpkg-deb", "-x", file.toString(), target.toString())
                .run();
        if (!outcome.succeeded()) {
            throw new IOException(outcome.lastLine());
        }
    }

    private static String described(List<PrivateApt.Download> packages) {
        if (packages.size() == 1) {
            return packages.getFirst().name();
        }
        double bytes = packages.stream().mapToDouble(PrivateApt.Download::bytes).sum();
        return String.format(Locale.ROOT, "%d packages (%.1f MB)", packages.size(), bytes / 1_000_000);
    }
}
