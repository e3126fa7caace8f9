package dev.cotton.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls with the real {@code curl}. */
final class Curl {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final Process process;

    private Curl(Process process) {
        this.process = process;
    }

    record Answer(int status, String text) {
        JsonNode json() {
            return JSON.readTree(text);
        }
    }

    static Answer call(String... arguments) {
        return start(arguments).answer();
    }

    /** Begins a call whose answer may take a while. */
    static Curl start(String... arguments) {
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--max-time", "60", "-w", "\n%{http_code}"));
        command.addAll(List.of(arguments));
        try {
            return new Curl(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer answer() {
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(5, TimeUnit.SECONDS)).as("curl ended").isTrue();
            int last = output.lastIndexOf('\n');
            return new Answer(Integer.parseInt(output.substring(last + 1)), output.substring(0, last));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
