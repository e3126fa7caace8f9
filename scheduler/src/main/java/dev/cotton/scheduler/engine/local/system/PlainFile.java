package dev.cotton.scheduler.engine.local.system;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Reads small files without regard to interrupts. {@link java.nio.file.Files} fails in a thread that was interrupted, and
 * a process whose file could not be read for that reason would be taken for dead.
 */
public final class PlainFile {
    private PlainFile() {}

    /** The whole content. */
    public static byte[] read(Path file) throws IOException {
        try (InputStream in = new FileInputStream(file.toFile())) {
            return in.readAllBytes();
        }
    }
}
