package dev.cotton.executor.provision;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Sources of packages to look for MySQL in.
 *
 * @param label what a person would call them; without an address
 */
record AptPlan(String label, List<AptEntry> entries) {
    private static final int MOST_MIRRORS = 3;
    private static final Pattern ADDED_SUITE = Pattern.compile(".*(/.*|-(security|updates|backports|proposed).*)");
    private static final Pattern UNTESTED_SUITE = Pattern.compile(".*-(backports|proposed).*");

    AptPlan {
        entries = List.copyOf(entries);
    }

    /**
     * What to try, in this order. Debian's stable suites have no MySQL, but its unstable suite has, on the same mirrors;
     * Ubuntu's own suites have it.
     *
     * <p>Only entries of the distribution itself are used. Those that name another key are somebody else's; those that
     * name none and do not look like the distribution's are tried only for want of better ones. In the end the signature
     * decides: whoever uses a plan checks every entry with the distribution's own keys.
     */
    static List<AptPlan> of(Distribution distribution, List<AptEntry> configured) {
        List<AptEntry> own = configured.stream()
                .filter(entry -> entry.components().contains("main"))
                .filter(entry -> isSignedBy(distribution, entry)
                        || (entry.signedBy().isEmpty() && looksLike(distribution, entry)))
                .toList();
        List<AptEntry> doubtful = configured.stream()
                .filter(entry -> entry.components().contains("main"))
                .filter(entry -> entry.signedBy().isEmpty() && !looksLike(distribution, entry))
                .toList();
        List<AptEntry> used = own.stream().anyMatch(AptPlan::hasWholeSuite) ? own : doubtful;
        List<AptPlan> plans = new ArrayList<>();
        if (distribution == Distribution.DEBIAN) {
            used.stream()
                    .filter(AptPlan::hasWholeSuite)
                    .map(entry -> entry.with(List.of("sid"), List.of("main")))
                    .distinct()
                    .limit(MOST_MIRRORS)
                    .forEach(entry -> plans.add(new AptPlan("suite sid on this machine's mirror", List.of(entry))));
        }
        List<AptEntry> asConfigured = used.stream()
                .map(entry -> entry.with(
                        suites(entry, UNTESTED_SUITE.asMatchPredicate().negate()), entry.components()))
                .filter(entry -> !entry.suites().isEmpty())
                .toList();
        if (!asConfigured.isEmpty()) {
            plans.add(new AptPlan("the suites that this machine is set up for", asConfigured));
        }
        return List.copyOf(plans);
    }

    private static boolean hasWholeSuite(AptEntry entry) {
        return !suites(entry, ADDED_SUITE.asMatchPredicate().negate()).isEmpty();
    }

    private static List<String> suites(AptEntry entry, Predicate<String> wanted) {
        return entry.suites().stream().filter(wanted).toList();
    }

    private static boolean isSignedBy(Distribution distribution, AptEntry entry) {
        return entry.signedBy()
                .filter(key -> key.startsWith("/")
                        && key.substring(key.lastIndexOf('/') + 1).startsWith(distribution.id() + "-archive"))
                .isPresent();
    }

    private static boolean looksLike(Distribution distribution, AptEntry entry) {
        return entry.uris().stream().anyMatch(uri -> uri.matches(".*/" + distribution.id() + "(-[a-z]+)?/*"));
    }
}
