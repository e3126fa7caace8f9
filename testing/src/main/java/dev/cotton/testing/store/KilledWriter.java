package dev.cotton.testing.store;

import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStore.Existing;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.core.storage.BackupStores;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A process that is killed while it writes an object. */
public final class KilledWriter {
    private static final String SENT = "sent";

    private KilledWriter() {}

    /** Writes {@code bytes} of an object from another process, which has then been killed. */
    public static void run(String location, ObjectKey key, int bytes) throws IOException, InterruptedException {
        List<String> command = List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                location,
                key.value(),
                Integer.toString(bytes));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = process.inputReader()) {
            String line = said.readLine();
            while (line != null && !line.equals(SENT)) {
                line = said.readLine();
            }
            if (line == null) {
                throw new IllegalStateException("The writer ended by itself, with " + process.waitFor() + ".");
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Location, key, bytes. */
    public static void main(String[] arguments) throws IOException {
        try (BackupStore store = BackupStores.ofThisProgram().open(arguments[0])) {
            store.write(new ObjectKey(arguments[1]), Existing.REFUSE, out -> {
                out.write(TestContent.bytes(Integer.parseInt(arguments[2])));
                out.flush();
                System.out.println(SENT);
                waitForTheEnd();
            });
        }
    }

    private static void waitForTheEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException never) {
            throw new IllegalStateException(never);
        }
    }
}
