package dev.cotton.executor.provision;

import dev.cotton.core.port.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The machine's own apt, with lists, cache and state in a private folder: it sees only the sources of one plan and
 * believes that almost nothing is installed, so that it resolves a whole closure. It keeps the machine's proxies and
 * credentials, checks signatures, needs no root and changes nothing outside its folder.
 */
final class PrivateApt {
    private static final Duration UPDATE_LIMIT = Duration.ofMinutes(10);
    private static final Duration DOWNLOAD_LIMIT = Duration.ofMinutes(60);
    private static final Duration QUERY_LIMIT = Duration.ofMinutes(2);

    /** Said to be installed, because nothing that is kept needs them: neither Perl's scripts nor set-up questions. */
    private static final List<String> NOT_NEEDED = List.of("perl", "perl-base", "debconf");

    private static final Pattern DOWNLOAD_STATUS = Pattern.compile("dlstatus:[^:]*:([0-9.]+):.*");
    private static final Pattern PRINTED_URI = Pattern.compile("'[^']*' ([^_ ]+)_\\S+ (\\d+)\\b.*");

    private static final Pattern MADISON = Pattern.compile("\\s*(\\S+)\\s*\\|\\s*(\\S+)\\s*\\|.*");

    private final Path folder;
    private final Path configuration;

    /** A package to download. */
    record Download(String name, long bytes) {}

    private PrivateApt(Path folder) {
        this.folder = folder;
        this.configuration = folder.resolve("apt.conf");
    }

    /**
     * Writes the private configuration.
     *
     * @param folder an empty folder that only this process uses
     * @param keyring the file of the distribution's keys
     */
    static PrivateApt in(Path folder, AptPlan plan, Path keyring) throws IOException {
        if (folder.toString().matches(".*[\"\\\\\\p{Cntrl}].*")) {
            throw new IOException(
                    "apt cannot work in a folder with a quotation mark or backslash in its name: " + folder);
        }
        for (String part : List.of("sources", "lists/partial", "cache/archives/partial", "log")) {
            Files.createDirectories(folder.resolve(part));
        }
        String architecture = architecture();
        StringBuilder sources = new StringBuilder();
        plan.entries().forEach(entry -> sources.append(entry.stanza(architecture, keyring.toString())));
        Files.writeString(folder.resolve("sources/private.sources"), sources);
        Files.writeString(folder.resolve("status"), status(architecture));
        PrivateApt apt = new PrivateApt(folder);
        Files.writeString(apt.configuration, apt.settings());
        return apt;
    }

    /** Fetches the lists of packages. */
    void update(String step, Progress progress) throws IOException {
        progress.report(step, OptionalDouble.of(0));
        run(
                UPDATE_LIMIT,
                List.of("apt-get", "update", "-o", "APT::Update::Error-Mode=any"),
                fraction -> progress.report(step, OptionalDouble.of(fraction)));
    }

    /** The packages whose names match {@code pattern}, a regular expression, with their versions. */
    Map<String, ServerVersion> versions(String pattern) throws IOException {
        List<String> names = query("apt-cache", "search", "--names-only", pattern).stream()
                .map(line -> line.replaceFirst(" .*", ""))
                .filter(name -> name.matches("[a-z0-9][a-z0-9+.-]*"))
                .toList();
        Map<String, ServerVersion> versions = new TreeMap<>();
        if (names.isEmpty()) {
            return versions;
        }
        List<String> words = new ArrayList<>(List.of("apt-cache", "madison"));
        words.addAll(names);
        for (String line : query(words.toArray(String[]::new))) {
            Matcher columns = MADISON.matcher(line);
            if (columns.matches()) {
                ServerVersion.ofPackage(columns.group(2))
                        .ifPresent(version -> versions.merge(
                                columns.group(1), version, (one, other) -> one.compareTo(other) > 0 ? one : other));
            }
        }
        return versions;
    }

    /** The packages with all that they depend on. */
    List<Download> closure(List<String> packages) throws IOException {
        List<String> words = new ArrayList<>(List.of("apt-get", "install", "--print-uris", "-qq"));
        words.addAll(packages);
        return query(words.toArray(String[]::new)).stream()
                .map(PRINTED_URI::matcher)
                .filter(Matcher::matches)
                .map(line -> new Download(line.group(1), Long.parseLong(line.group(2))))
                .toList();
    }

    /**
     * Downloads packages into {@code target} and checks them.
     *
     * @param onFraction told how much is there, from 0 to 1
     */
    void download(List<String> packages, Path target, Consumer<Double> onFraction) throws IOException {
        List<String> words = new ArrayList<>(List.of("apt-get", "download"));
        words.addAll(packages);
        run(target, DOWNLOAD_LIMIT, words, onFraction);
    }

    private List<String> query(String... words) throws IOException {
        return run(QUERY_LIMIT, List.of(words), _ -> {}).lines();
    }

    private Command.Outcome run(Duration limit, List<String> words, Consumer<Double> onFraction) throws IOException {
        return run(folder, limit, words, onFraction);
    }

    private Command.Outcome run(Path directory, Duration limit, List<String> words, Consumer<Double> onFraction)
            throws IOException {
        List<String> all = new ArrayList<>(words);
        all.addAll(1, List.of("-c", configuration.toString()));
        Command.Outcome outcome =
                new Command(all, directory, limit).run(line -> fraction(line).ifPresent(onFraction));
        if (!outcome.succeeded()) {
            throw new IOException(words.get(0) + " " + words.get(1) + " failed: " + complaint(outcome));
        }
        return outcome;
    }

    private static String architecture() throws IOException {
        Command.Outcome outcome =
                Command.of(QUERY_LIMIT, "dpkg", "--print-architecture").run();
        return outcome.lines().stream()
                .filter(line -> line.matches("[a-z0-9][a-z0-9-]*"))
                .findFirst()
                .orElseThrow(
                        () -> new IOException("dpkg does not say this machine's architecture: " + outcome.lastLine()));
    }

    private static Optional<Double> fraction(String line) {
        Matcher status = DOWNLOAD_STATUS.matcher(line);
        return status.matches()
                ? Optional.of(Math.clamp(Double.parseDouble(status.group(1)) / 100, 0.0, 1.0))
                : Optional.empty();
    }

    /** The first thing that apt says went wrong, without credentials. */
    private static String complaint(Command.Outcome outcome) {
        String complaint = outcome.lines().stream()
                .filter(line -> line.startsWith("E: "))
                .map(line -> line.substring(3))
                .findFirst()
                .orElseGet(outcome::lastLine);
        return complaint
                .replaceAll("//[^/@\\s]*@", "//")
                .replaceAll("\\s+", " ")
                .replaceFirst("[.\\s]*$", ".");
    }

    private String settings() {
        return """
                #clear APT::Update::Pre-Invoke;
                #clear APT::Update::Post-Invoke;
                #clear APT::Update::Post-Invoke-Success;
                #clear APT::Default-Release;
                Dir::Etc::sourcelist "/dev/null";
                Dir::Etc::sourceparts "%1$s/sources";
                Dir::Etc::preferences "/dev/null";
                Dir::Etc::preferencesparts "/dev/null";
                Dir::State "%1$s";
                Dir::State::lists "%1$s/lists";
                Dir::State::status "%1$s/status";
                Dir::Cache "%1$s/cache";
                Dir::Cache::archives "%1$s/cache/archives";
                Dir::Cache::pkgcache "pkgcache.bin";
                Dir::Cache::srcpkgcache "srcpkgcache.bin";
                Dir::Log "%1$s/log";
                APT::Sandbox::User "";
                APT::Install-Recommends "false";
                APT::Install-Suggests "false";
                APT::Get::AllowUnauthenticated "false";
                APT::Status-Fd "1";
                Acquire::AllowInsecureRepositories "false";
                Acquire::AllowWeakRepositories "false";
                Acquire::AllowDowngradeToInsecureRepositories "false";
                Acquire::Languages "none";
                Acquire::Retries "1";
                Acquire::http::Timeout "20";
                Acquire::https::Timeout "20";
                """.formatted(folder);
    }

    private static String status(String architecture) {
        StringBuilder status = new StringBuilder();
        for (String name : NOT_NEEDED) {
            status.append("""
                    Package: %s
                    Status: install ok installed
                    Maintainer: nobody
                    Architecture: %s
                    Multi-Arch: allowed
                    Version: 99
                    Description: not needed

                    """.formatted(name, architecture));
        }
        return status.toString();
    }
}
