package dev.cotton.executor.provision;

import java.util.List;
import java.util.Optional;

/**
 * One enabled source of binary packages in apt's configuration.
 *
 * @param uris mirrors of the same archive; may contain credentials, so never shown
 * @param signedBy what its signature is checked with, where the entry says so: a file, or something else
 */
record AptEntry(List<String> uris, List<String> suites, List<String> components, Optional<String> signedBy) {
    AptEntry {
        uris = List.copyOf(uris);
        suites = List.copyOf(suites);
        components = List.copyOf(components);
    }

    /** Other parts of the same archive. */
    AptEntry with(List<String> otherSuites, List<String> otherComponents) {
        return new AptEntry(uris, otherSuites, otherComponents, signedBy);
    }

    /** This source in the deb822 form, for one architecture, its signature checked with one file of keys. */
    String stanza(String architecture, String keyring) {
        return """
                Types: deb
                URIs: %s
                Suites: %s
                Components: %s
                Architectures: %s
                Signed-By: %s

                """.formatted(
                String.join(" ", uris), String.join(" ", suites), String.join(" ", components), architecture, keyring);
    }

    /** Without the addresses, which may contain a password. */
    @Override
    public String toString() {
        return "AptEntry[" + String.join(" ", suites) + " " + String.join(" ", components) + "]";
    }
}
