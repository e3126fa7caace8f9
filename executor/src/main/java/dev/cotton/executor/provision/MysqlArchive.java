package dev.cotton.executor.provision;

import dev.cotton.core.port.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLConnection;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A tarball of MySQL.
 *
 * @param location where it is; {@code http}, {@code https} or {@code file}
 * @param sha256 its SHA-256, 64 hexadecimal digits in lower case
 */
public record MysqlArchive(URI location, String sha256) {
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final int PART = 1 << 20;
    private static final Set<String> SCHEMES = Set.of("http", "https", "file");

    /** @throws IllegalArgumentException when the location or the checksum is not of the kind described above */
    public MysqlArchive {
        String scheme = location.getScheme();
        if (scheme == null || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "The MySQL archive is given by its path or by an http, https or file URL.");
        }
        sha256 = sha256.strip().toLowerCase(Locale.ROOT);
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "The MySQL archive needs its SHA-256 (64 hexadecimal digits), so that nothing else is run in its place.");
        }
    }

    /**
     * @param location a path or a URL
     * @throws IllegalArgumentException when it is neither, or the checksum is not one
     */
    public static MysqlArchive of(String location, String sha256) {
        if (!location.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) {
            return new MysqlArchive(Path.of(location).toAbsolutePath().toUri(), sha256);
        }
        try {
            return new MysqlArchive(new URI(location), sha256);
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(
                    "The URL of the MySQL archive cannot be read: " + malformed.getReason(), malformed);
        }
    }

    /**
     * Copies the archive to {@code target} and checks it.
     *
     * @throws IOException when it cannot be had, or is another one than was asked for
     */
    void fetch(Path target, Progress progress) throws IOException {
        String found;
        try {
            found = copy(target, progress);
        } catch (SocketTimeoutException _) {
            throw new IOException("Nothing came for " + SILENCE.toSeconds() + " s.");
        } catch (UnknownHostException _) {
            throw new IOException("The name of its host is not known here.");
        }
        if (!found.equals(sha256)) {
            throw new IOException("Its SHA-256 is " + found + " and not " + sha256 + ", so it was refused.");
        }
    }

    /** Returns the SHA-256 of what was copied. */
    private String copy(Path target, Progress progress) throws IOException {
        URLConnection connection = location.toURL().openConnection();
        connection.setConnectTimeout((int) SILENCE.toMillis());
        connection.setReadTimeout((int) SILENCE.toMillis());
        if (connection instanceof HttpURLConnection http && http.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException("Its server answered with status " + http.getResponseCode() + ".");
        }
        MessageDigest digest = sha256Digest();
        try (InputStream input = connection.getInputStream();
                OutputStream output = Files.newOutputStream(target)) {
            long total = connection.getContentLengthLong();
            long done = 0;
            for (byte[] part = input.readNBytes(PART); part.length > 0; part = input.readNBytes(PART)) {
                digest.update(part);
                output.write(part);
                done += part.length;
                progress.report(
                        "Fetching the MySQL archive",
                        total > 0 ? OptionalDouble.of((double) done / total) : OptionalDouble.empty());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java runtime has SHA-256.", impossible);
        }
    }

    /** The location without a user's name, password or query, which may be secret. */
    @Override
    public String toString() {
        String host = location.getHost();
        return host == null
                ? String.valueOf(location.getPath())
                : location.getScheme() + "://" + host + location.getPath();
    }
}
