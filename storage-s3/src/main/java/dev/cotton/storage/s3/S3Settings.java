package dev.cotton.storage.s3;

import dev.cotton.core.port.BackupStoreException.UnusableLocationException;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.core.port.StoreLocation;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What an {@code s3://} location says.
 *
 * @param prefix of all keys: empty, or with a {@code /} at its end
 * @param endpoint of the service; empty for that of AWS in its region
 * @param region empty for that of the environment
 * @param pathStyle whether the bucket stands in the path, not in the host's name; every service but AWS knows it
 * @param credentialsFile in the form of {@code ~/.aws/credentials}; empty for what the SDK finds by itself
 * @param profile of that file
 * @param timeout of silence, after which a connection is given up
 * @param attempts of every call, in all
 */
record S3Settings(
        String bucket,
        String prefix,
        Optional<URI> endpoint,
        Optional<String> region,
        boolean pathStyle,
        Optional<Path> credentialsFile,
        String profile,
        Duration timeout,
        int attempts) {
    private static final Set<String> KNOWN =
            Set.of("endpoint", "region", "path-style", "credentials-file", "profile", "timeout", "attempts");

    static S3Settings of(StoreLocation location) {
        location.checkSettings(KNOWN);
        String folder = location.path().isEmpty() ? "" : location.path().substring(1);
        if (location.place().isEmpty() || !ObjectKey.isPrefix(folder)) {
            throw unusable(location, "names no bucket, or a folder that no key can have");
        }
        Optional<URI> endpoint = location.setting("endpoint").map(text -> endpoint(location, text));
        return new S3Settings(
                location.place(),
                folder.isEmpty() ? "" : folder + "/",
                endpoint,
                location.setting("region"),
                pathStyle(location, endpoint.isPresent()),
                location.setting("credentials-file").map(Path::of),
                location.setting("profile").orElse("default"),
                Duration.ofSeconds(number(location, "timeout", 30)),
                number(location, "attempts", 8));
    }

    private static URI endpoint(StoreLocation location, String text) {
        try {
            URI endpoint = new URI(text);
            if (endpoint.getHost() != null
                    && endpoint.getUserInfo() == null
                    && ("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))) {
                return endpoint;
            }
        } catch (URISyntaxException noUri) {
            throw unusable(location, "has an endpoint that is not of the form https://host:port");
        }
        throw unusable(location, "has an endpoint that is not of the form https://host:port");
    }

    private static boolean pathStyle(StoreLocation location, boolean usual) {
        return location.setting("path-style")
                .map(text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw unusable(location, "has a path-style that is neither true nor false");
                })
                .orElse(usual);
    }

    private static int number(StoreLocation location, String name, int usual) {
        return location.setting(name)
                .map(text -> {
                    if (!text.matches("[1-9][0-9]{0,4}")) {
                        throw unusable(location, "has a setting '" + name + "' that is no number from 1 to 99999");
                    }
                    return Integer.valueOf(text);
                })
                .orElse(usual);
    }

    private static UnusableLocationException unusable(StoreLocation location, String what) {
        return new UnusableLocationException(
                "The backup store " + location + " " + what + ".",
                "Write it like s3://bucket/folder?endpoint=https://host:9000&region=us-east-1"
                        + "&credentials-file=/etc/cotton/s3.",
                null);
    }
}
