package dev.cotton.core.port;

import dev.cotton.core.port.BackupStoreException.UnusableLocationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a backup store is, and how it is reached: {@code scheme://place/path?setting=value&setting=value}. It is stored
 * and shown like any other text, so it never has a secret: settings name the files that do.
 *
 * @param scheme in lower case
 * @param place what stands between {@code //} and the path: a bucket, a host and port; may be empty
 * @param path with its leading {@code /}, without one at its end; empty for the root
 * @param settings by name
 */
public record StoreLocation(String scheme, String place, String path, Map<String, String> settings) {
    public StoreLocation {
        settings = Map.copyOf(settings);
    }

    /**
     * Reads a location.
     *
     * @throws UnusableLocationException when the text is not of that form, or has a user or password
     */
    public static StoreLocation parse(String text) {
        URI uri = uri(text);
        if (uri.getScheme() == null || uri.isOpaque() || uri.getRawFragment() != null) {
            throw unusable("A backup store's location is not of the form scheme://place/path?setting=value.");
        }
        String place = Optional.ofNullable(uri.getAuthority()).orElse("");
        if (place.contains("@")) {
            throw unusable("A backup store's location has a user or a password before an '@': locations are shown to"
                    + " everybody.");
        }
        return new StoreLocation(
                uri.getScheme().toLowerCase(Locale.ROOT),
                place,
                Optional.ofNullable(uri.getPath()).orElse("").replaceAll("/+$", ""),
                settings(Optional.ofNullable(uri.getRawQuery()).orElse("")));
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException noUri) {
            throw unusable("A backup store's location is not a URI: " + noUri.getReason() + " at character "
                    + noUri.getIndex() + ".");
        }
    }

    private static Map<String, String> settings(String query) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals < 1
                    || settings.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1))) != null) {
                throw unusable("The settings of a backup store's location, after its '?', are not of the form"
                        + " setting=value&setting=value, or have one twice.");
            }
        }
        return settings;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noCode) {
            throw unusable("A setting of a backup store's location has a '%' that no two hexadecimal digits follow.");
        }
    }

    private static UnusableLocationException unusable(String happened) {
        return new UnusableLocationException(happened, "Write it like s3://bucket/folder?region=eu-central-1.", null);
    }

    /** The setting of that name, if there is one. */
    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    /**
     * Checks that there are no settings but these.
     *
     * @throws UnusableLocationException when there are
     */
    public void checkSettings(Set<String> known) {
        for (String name : settings.keySet()) {
            if (!known.contains(name)) {
                throw new UnusableLocationException(
                        "Backup stores of " + scheme + ":// have no setting '" + name + "'.",
                        known.isEmpty()
                                ? "Leave it out."
                                : "They have: "
                                        + String.join(
                                                ", ", known.stream().sorted().toList()) + ".",
                        null);
            }
        }
    }

    /** Without the settings. */
    @Override
    public String toString() {
        return scheme + "://" + place + path;
    }
}
