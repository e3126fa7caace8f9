package dev.cotton.testing.store;

import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStore.Existing;
import dev.cotton.core.port.BackupStoreException;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.core.storage.BackupStores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program laid out as Cotton's are: jars in {@code lib}, and those of a store in {@code stores/<scheme>}. */
public final class StoreProgram {
    private static final int LIMIT_SECONDS = 120;

    private final Path home;

    /** @param home of the program, an empty folder */
    public StoreProgram(Path home) throws IOException {
        this.home = home;
        Files.createDirectories(home.resolve("lib"));
        Files.createDirectories(home.resolve("stores"));
        Files.copy(codeOf(BackupStores.class), home.resolve("lib/cotton-core.jar"));
    }

    /** Adds the jars in {@code folder} for {@code scheme}. */
    public void add(String scheme, Path folder) throws IOException {
        Files.createSymbolicLink(home.resolve("stores").resolve(scheme), folder.toAbsolutePath());
    }

    /**
     * Runs it: writes an object to an empty store, reads it, and lists and deletes it.
     *
     * @param libraries classes whose jars it needs besides
     * @return all that it says
     */
    public String run(String location, Class<?>... libraries) throws IOException, InterruptedException {
        List<String> jars =
                new ArrayList<>(List.of(home.resolve("lib/cotton-core.jar").toString()));
        jars.add(codeOf(StoreProgram.class).toString());
        for (Class<?> library : libraries) {
            jars.add(codeOf(library).toString());
        }
        Path said = home.resolve("said");
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        String.join(":", jars),
                        StoreProgram.class.getName(),
                        location)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return Files.readString(said);
    }

    private static Path codeOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    /** A location. */
    public static void main(String[] arguments) throws IOException {
        ObjectKey key = new ObjectKey("demo/greeting");
        try (BackupStore store = BackupStores.ofThisProgram().open(arguments[0])) {
            store.write(key, Existing.REFUSE, out -> out.write("hello".getBytes(StandardCharsets.UTF_8)));
            try (InputStream in = store.read(key)) {
                System.out.println(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
            System.out.println(store.list("").toList().size());
            store.delete(key);
        } catch (BackupStoreException failed) {
            System.out.println(failed.getMessage());
        }
    }
}
