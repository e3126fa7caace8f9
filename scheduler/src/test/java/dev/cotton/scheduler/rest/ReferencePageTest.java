package dev.cotton.scheduler.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.scheduler.rest.resource.ApiJson;
import dev.cotton.scheduler.rest.resource.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/rest.md} names what there is. */
final class ReferencePageTest {
    private final String page = read();

    @Test
    void namesEveryCodeWithItsStatus() {
        for (ProblemCode code : ProblemCode.values()) {
            assertThat(page).contains("| `" + ApiJson.word(code) + "` | " + code.status() + " |");
        }
    }

    @Test
    void namesEveryVariable() {
        try (RunningServer server = new RunningServer()) {
            for (String name : RunningServer.json(server.get("/vars.json")).propertyNames()) {
                assertThat(page).contains(name.replace("scheduler.total_requested", ""));
            }
        }
    }

    private static String read() {
        try {
            return Files.readString(Path.of("..", "docs", "reference", "rest.md"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
