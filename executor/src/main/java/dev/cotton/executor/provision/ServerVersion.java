package dev.cotton.executor.provision;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a MySQL program or package says of its version.
 *
 * @param mariaDb whether it is MariaDB, whose numbers mean something else
 */
public record ServerVersion(int major, int minor, int patch, boolean mariaDb) implements Comparable<ServerVersion> {
    /** The oldest version whose statements and options Cotton can use. */
    static final ServerVersion OLDEST = new ServerVersion(8, 0, 30, false);

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?");
    private static final Pattern IN_BANNER = Pattern.compile("\\bVer\\s+" + NUMBERS.pattern());
    private static final Pattern DISTRIBUTED = Pattern.compile("\\bDistrib\\s+" + NUMBERS.pattern());
    private static final Comparator<ServerVersion> BY_NUMBER = Comparator.comparingInt(ServerVersion::major)
            .thenComparingInt(ServerVersion::minor)
            .thenComparingInt(ServerVersion::patch);

    /** Reads what {@code mysqld --version}, or a client's, prints. Old clients give the server's version as Distrib. */
    public static Optional<ServerVersion> ofBanner(String banner) {
        return first(DISTRIBUTED, banner)
                .or(() -> first(IN_BANNER, banner))
                .map(version -> version.withFlavour(banner));
    }

    /** Reads the version of a package or a folder, which starts with the server's, perhaps after an epoch. */
    static Optional<ServerVersion> ofPackage(String text) {
        Matcher matcher = NUMBERS.matcher(text.substring(text.indexOf(':') + 1));
        return matcher.lookingAt() ? Optional.of(of(matcher)) : Optional.empty();
    }

    /** Why Cotton does not run this version, a clause; empty when it does. */
    Optional<String> refusal() {
        if (mariaDb) {
            return Optional.of("is MariaDB " + this + ", whose replication is not MySQL's");
        }
        if (compareTo(OLDEST) < 0) {
            return Optional.of("is version " + this + ", and the oldest that serves is " + OLDEST);
        }
        return Optional.empty();
    }

    @Override
    public int compareTo(ServerVersion other) {
        return BY_NUMBER.compare(this, other);
    }

    /** The three numbers, for instance {@code 9.7.4}. */
    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }

    private ServerVersion withFlavour(String banner) {
        return new ServerVersion(major, minor, patch, banner.contains("MariaDB") || banner.contains("mariadb"));
    }

    private static Optional<ServerVersion> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(of(matcher)) : Optional.empty();
    }

    private static ServerVersion of(Matcher matcher) {
        String patch = matcher.group(3);
        return new ServerVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                patch == null ? 0 : Integer.parseInt(patch),
                false);
    }
}
