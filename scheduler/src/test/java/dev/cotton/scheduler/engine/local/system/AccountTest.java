package dev.cotton.scheduler.engine.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AccountTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static boolean root() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    @Test
    void anOrdinaryUserRunsEverythingAsItself() {
        assertThat(new Account("somebody", 1000, 1000, false).command(List.of("id")))
                .containsExactly("id");
    }

    @Test
    void rootMakesTheMissingUserOnce() throws IOException {
        assumeTrue(root(), "only root makes users");
        String name = "cotton-t" + ProcessHandle.current().pid();
        try {
            Account made = Account.of(name);
            assertThat(made.uid()).isPositive();
            assertThat(made.other()).isTrue();
            assertThat(Account.of(name)).isEqualTo(made);
            Command.Outcome who = Command.run(LIMIT, made.command(List.of("id", "-un")));
            assertThat(who.output()).isEqualTo(name);
            assertThatThrownBy(() -> made.run(LIMIT, "cat /etc/shadow", "", List.of()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Permission denied");
        } finally {
            Command.run(LIMIT, List.of("userdel", name));
        }
    }

    @Test
    void aUserThatCannotBeMadeIsSaid() throws IOException {
        assumeTrue(root(), "only root makes users");
        assertThatThrownBy(() -> Account.of("Not A Name"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'Not A Name'")
                .hasMessageContaining("Make a system user of that name");
    }

    @Test
    void rootByAnotherNameIsRefused() throws IOException {
        assumeTrue(root(), "only root switches users");
        assertThatThrownBy(() -> Account.of("root")).hasMessageContaining("never runs as root");
    }

    @Test
    void aCommandThatTakesTooLongIsKilled() throws IOException {
        long begun = System.nanoTime();
        Command.Outcome outcome = Command.run(Duration.ofMillis(200), List.of("sleep", "60"));
        assertThat(outcome.succeeded()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void aCommandGetsItsInputAndNothingOfOurEnvironment() throws IOException {
        Command.Outcome outcome =
                Command.run(LIMIT, List.of("sh", "-c", "cat; echo; env | cut -d= -f1 | sort"), "hello");
        assertThat(outcome.output().lines())
                .startsWith("hello")
                .contains("PATH", "LANG")
                .doesNotContain("JAVA_HOME", "USER");
    }
}
