package dev.cotton.cli.client;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a scheduler is and how to be let in.
 *
 * @param url of the root, for instance {@code http://127.0.0.1:8080}
 * @param tokenFile holds the API token
 * @param authority the certificate, in PEM, that signs the scheduler's own; the system's authorities when absent
 */
public record SchedulerAddress(URI url, Optional<Path> tokenFile, Optional<Path> authority) {
    /** @throws IllegalArgumentException when {@code url} is not one of HTTP */
    public SchedulerAddress {
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException(
                    "The scheduler's URL begins with http:// or https:// and names a host; '" + url + "' does not.");
        }
    }

    /** The URL of a path below the root. */
    URI resolve(String path) {
        String root = url.toString();
        return URI.create((root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + path);
    }
}
