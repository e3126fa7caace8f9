package dev.cotton.cli;

import java.util.Optional;

/** The version of this program. */
public final class Version {
    private Version() {}

    /** As in the manifest of its jar. */
    public static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
