package dev.cotton.scheduler.engine.mesos.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file as it was when it was looked at.
 *
 * @param name without folders; letters, digits, dots, dashes and underscores
 * @param sha256 64 hexadecimal digits in lower case
 * @param size bytes
 */
public record Artifact(Path file, String name, String sha256, long size, FileTime modified) {
    private static final int PART = 1 << 16;

    /** @throws IllegalArgumentException when a name has other characters, which would have to be encoded in an address */
    public Artifact {
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("The name of the file " + file + " has characters other than letters,"
                    + " digits, dots, dashes and underscores, so agents cannot fetch it. Give it another name.");
        }
    }

    /** Reads the whole file. */
    public static Artifact of(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        FileTime modified = Files.getLastModifiedTime(absolute);
        long size = Files.size(absolute);
        return new Artifact(absolute, String.valueOf(absolute.getFileName()), sha256(absolute), size, modified);
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            byte[] part = new byte[PART];
            while (in.read(part) >= 0) {
                // Only the digest matters.
            }
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest());
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Where it is on the server. */
    public String path() {
        return "/artifact/" + sha256 + "/" + name;
    }

    /** Whether the file is still the one that was looked at. */
    boolean unchanged() {
        try {
            return Files.size(file) == size && Files.getLastModifiedTime(file).equals(modified);
        } catch (IOException gone) {
            return false;
        }
    }

    /** Its entity tag, quoted. */
    String tag() {
        return "\"" + sha256 + "\"";
    }
}
