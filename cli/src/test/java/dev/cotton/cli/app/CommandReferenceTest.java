package dev.cotton.cli.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class CommandReferenceTest {
    private static final Path PAGE = Path.of("../docs/reference/cli.md");

    @Test
    void thePageSaysWhatTheCommandsSay() throws IOException {
        String now = CommandReference.of(TestCommands.model());
        if (Boolean.getBoolean("cotton.reference.write")) {
            Files.writeString(PAGE, now);
        }

        assertThat(Files.readString(PAGE))
                .as("docs/reference/cli.md is not what the commands say. Generate it: mvn test -pl cli -am"
                        + " -Dtest=CommandReferenceTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dcotton.reference.write=true")
                .isEqualTo(now);
    }

    @Test
    void everyOptionIsDescribed() {
        assertThat(CommandReference.of(TestCommands.model()))
                .contains("## cotton bench create", "`--api-url URL`", "| `NAME` | The cluster. |")
                .doesNotContain("| `null", " |  |\n", "--serve");
    }
}
