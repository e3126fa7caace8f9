package dev.cotton.scheduler.rest.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The bearer tokens of a file. Only their digests are kept in memory. Immutable. */
public final class Tokens {
    private static final int SHORTEST = 20;
    private static final Set<PosixFilePermission> ALLOWED =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final List<byte[]> digests;

    private Tokens(List<byte[]> digests) {
        this.digests = digests;
    }

    /**
     * Reads the tokens of {@code file}, one a line; empty lines do not count.
     *
     * @throws IllegalArgumentException with a sentence when the file cannot be read, has no token or a short one, or
     *     others may read it
     */
    public static Tokens read(Path file) {
        try {
            if (!ALLOWED.containsAll(Files.getPosixFilePermissions(file))) {
                throw new IllegalArgumentException("The token file " + file
                        + " may be read by others. Take that right from them (chmod 600) and use new tokens.");
            }
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (lines.isEmpty() || lines.stream().anyMatch(line -> line.length() < SHORTEST)) {
                throw new IllegalArgumentException("The token file " + file + " needs a token of at least " + SHORTEST
                        + " characters in every line; 'openssl rand -hex 32' makes one.");
            }
            return new Tokens(lines.stream().map(Tokens::digest).toList());
        } catch (IOException e) {
            throw new IllegalArgumentException("The token file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The name by which logs call {@code token}, if it is one of these: the beginning of its digest. Takes the same time
     * for every token that is not.
     */
    public Optional<String> identify(String token) {
        byte[] given = digest(token);
        boolean known = false;
        for (byte[] digest : digests) {
            known |= MessageDigest.isEqual(digest, given);
        }
        return known ? Optional.of(HexFormat.of().formatHex(given, 0, 4)) : Optional.empty();
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
