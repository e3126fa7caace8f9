package dev.cotton.executor.provision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a machine has of apt.
 *
 * @param root of its file system
 */
record AptMachine(Path root) {
    private static final List<String> TOOLS = List.of("apt-get", "apt-cache", "dpkg", "dpkg-deb");

    /** What {@link #look} found. */
    sealed interface Finding {}

    /**
     * Packages can be fetched.
     *
     * @param keyring the file of the distribution's keys
     * @param plans at least one, in the order in which to try them
     */
    record Able(Distribution distribution, Path keyring, List<AptPlan> plans) implements Finding {
        Able {
            plans = List.copyOf(plans);
        }
    }

    /** @param why packages cannot be fetched, a sentence */
    record Unable(String why) implements Finding {}

    static AptMachine ofThisMachine() {
        return new AptMachine(Path.of("/"));
    }

    Finding look() {
        try {
            Optional<Distribution> distribution = distribution();
            if (distribution.isEmpty()) {
                return new Unable("This machine is neither Debian nor Ubuntu, nor derived from them.");
            }
            List<String> lacking = TOOLS.stream()
                    .filter(tool -> !Files.isExecutable(root.resolve("usr/bin").resolve(tool)))
                    .toList();
            if (!lacking.isEmpty()) {
                return new Unable("This machine has no " + String.join(", ", lacking) + ".");
            }
            Optional<Path> keyring = keyring(distribution.get());
            if (keyring.isEmpty()) {
                return new Unable("The keys of the distribution's archive (package "
                        + distribution.get().id()
                        + (distribution.get() == Distribution.DEBIAN ? "-archive-keyring" : "-keyring")
                        + ") are not on this machine.");
            }
            List<AptPlan> plans = AptPlan.of(distribution.get(), AptSources.read(root.resolve("etc/apt")));
            return plans.isEmpty()
                    ? new Unable("The apt sources of this machine name no mirror of the distribution.")
                    : new Able(distribution.get(), keyring.get(), plans);
        } catch (IOException unreadable) {
            return new Unable("The apt sources of this machine cannot be read: " + unreadable.getMessage() + ".");
        }
    }

    private Optional<Distribution> distribution() throws IOException {
        for (String place : List.of("etc/os-release", "usr/lib/os-release")) {
            Path file = root.resolve(place);
            if (Files.isReadable(file)) {
                return Distribution.of(Files.readString(file));
            }
        }
        return Optional.empty();
    }

    private Optional<Path> keyring(Distribution distribution) {
        return Stream.of("gpg", "pgp")
                .map(kind -> root.resolve("usr/share/keyrings/" + distribution.id() + "-archive-keyring." + kind))
                .filter(Files::isReadable)
                .findFirst();
    }
}
