package dev.cotton.scheduler.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** The file that holds the key of a {@link Keyring}: its bytes and nothing else. */
final class KeyFile {
    static final int KEY_BYTES = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private KeyFile() {}

    static byte[] read(Path file, boolean create) {
        try {
            if (create && Files.notExists(file)) {
                make(file);
            }
            return read(file);
        } catch (IOException e) {
            throw new SecretException("The key file " + file + " cannot be read or made: " + e, e);
        }
    }

    private static byte[] read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new SecretException("There is no key file at " + file + "; give the file of " + KEY_BYTES
                    + " random bytes that this fleet's secrets are sealed with.");
        }
        Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(modes)) {
            throw new SecretException("The key file " + file + " has the mode " + PosixFilePermissions.toString(modes)
                    + ": others may read it, so it is not used. Run chmod 600 on it.");
        }
        if (Files.size(file) != KEY_BYTES) {
            throw new SecretException("The key file " + file + " has " + Files.size(file) + " bytes; a key has exactly "
                    + KEY_BYTES + ".");
        }
        return Files.readAllBytes(file);
    }

    /** Whole or not at all, also when two processes do it at once: the first one's key stays. */
    private static void make(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Path draft = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
        try {
            try (FileChannel channel = FileChannel.open(
                    draft,
                    EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
                channel.write(ByteBuffer.wrap(key));
                channel.force(true);
            }
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // Another process was first; its key is the one.
            return;
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
