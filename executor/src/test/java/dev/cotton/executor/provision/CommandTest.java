package dev.cotton.executor.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class CommandTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void givesExitCodeAndAllOutputInOrder() throws IOException {
        List<String> heard = new CopyOnWriteArrayList<>();
        Command.Outcome outcome = Command.of(LIMIT, "sh", "-c", "echo one; echo two >&2; echo; exit 3")
                .run(heard::add);

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.lines()).containsExactly("one", "two", "");
        assertThat(outcome.lastLine()).isEqualTo("two");
        assertThat(heard).containsExactly("one", "two", "");
    }

    @Test
    void hasNoInputAndSpeaksPlainly() throws IOException {
        assertThat(Command.of(LIMIT, "sh", "-c", "cat; echo $LC_ALL").run().output())
                .isEqualTo("C");
    }

    @Test
    void killsWhatTakesTooLongWithItsChildren() throws IOException {
        List<String> heard = new CopyOnWriteArrayList<>();
        Command endless = Command.of(Duration.ofSeconds(1), "sh", "-c", "sleep 600 & echo $!; wait");

        assertThatIOException().isThrownBy(() -> endless.run(heard::add)).withMessage("sh did not end within 1 s.");

        long child = Long.parseLong(heard.getFirst());
        await().until(() ->
                ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void failsWhenThereIsNoSuchProgram() {
        assertThatIOException()
                .isThrownBy(() -> new Command(List.of("/nonexistent/program"), Path.of("/"), LIMIT).run())
                .withMessageContaining("/nonexistent/program");
    }
}
