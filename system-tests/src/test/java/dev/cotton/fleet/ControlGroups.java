package dev.cotton.fleet;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The control groups of instances that were killed instead of destroyed. */
public final class ControlGroups {
    private ControlGroups() {}

    /** Removes those of the instances in {@code data}, whose processes have ended. */
    public static void removeOf(Path data) throws IOException {
        Path identity = data.resolve("data-folder.json");
        if (!Files.exists(identity)) {
            return;
        }
        String id = JsonMapper.shared()
                .readTree(Files.readAllBytes(identity))
                .path("id")
                .asString();
        for (String tree : List.of("memory", "cpu", "")) {
            Path group = Path.of("/sys/fs/cgroup", tree, "cotton", id);
            // The kernel counts a process in its group for a moment after its end.
            await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> isRemoved(group));
        }
    }

    private static boolean isRemoved(Path group) throws IOException {
        try (Stream<Path> all = Files.walk(group)) {
            // The kernel removes a group with its files, which cannot be removed one by one.
            for (Path each : all.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .toList()) {
                Files.delete(each);
            }
            return true;
        } catch (NoSuchFileException gone) {
            return true;
        }
    }
}
