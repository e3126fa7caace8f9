package dev.cotton.executor.mesos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent sets, as it was seen to set it. */
final class MesosEnvironmentTest {

    private static Map<String, String> seen() {
        return new HashMap<>(Map.of(
                "MESOS_AGENT_ENDPOINT", "127.0.0.1:5051",
                "MESOS_CHECKPOINT", "1",
                "MESOS_EXECUTOR_ID", "exec-1",
                "MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD", "4secs",
                "MESOS_FRAMEWORK_ID", "4992cac9-1ace-4cc8-849e-52613c6202ac-0000",
                "MESOS_RECOVERY_TIMEOUT", "15mins",
                "MESOS_SANDBOX", "/lab/mesos/var/agent1/run",
                "MESOS_SUBSCRIPTION_BACKOFF_MAX", "2secs",
                "PATH", "/usr/bin:/bin"));
    }

    @Test
    void readsWhatAnAgentSets() {
        MesosEnvironment environment = MesosEnvironment.of(seen());
        assertThat(environment.api()).hasToString("http://127.0.0.1:5051/api/v1/executor");
        assertThat(environment.executor().value()).isEqualTo("exec-1");
        assertThat(environment.framework().value()).endsWith("-0000");
        assertThat(environment.sandbox()).isEqualTo(Path.of("/lab/mesos/var/agent1/run"));
        assertThat(environment.recovery()).contains(Duration.ofMinutes(15));
        assertThat(environment.longestPause()).isEqualTo(Duration.ofSeconds(2));
        assertThat(environment.shutdownGrace()).isEqualTo(Duration.ofSeconds(4));
        assertThat(environment.token()).isEmpty();
    }

    @Test
    void withoutCheckpointsNothingIsRecovered() {
        Map<String, String> variables = seen();
        variables.put("MESOS_CHECKPOINT", "0");
        variables.remove("MESOS_RECOVERY_TIMEOUT");
        assertThat(MesosEnvironment.of(variables).recovery()).isEmpty();
    }

    @Test
    void aTokenIsNotShown() {
        Map<String, String> variables = seen();
        variables.put("MESOS_EXECUTOR_AUTHENTICATION_TOKEN", "eyJsecret");
        assertThat(MesosEnvironment.of(variables).token()).contains("eyJsecret");
        assertThat(MesosEnvironment.of(variables).toString()).doesNotContain("eyJsecret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MESOS_AGENT_ENDPOINT", "MESOS_FRAMEWORK_ID", "MESOS_EXECUTOR_ID", "MESOS_SANDBOX"})
    void saysWhatIsMissing(String name) {
        Map<String, String> variables = seen();
        variables.remove(name);
        assertThatThrownBy(() -> MesosEnvironment.of(variables))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + ":");
    }

    @ParameterizedTest
    @CsvSource({
        "MESOS_AGENT_ENDPOINT, somewhere",
        "MESOS_AGENT_ENDPOINT, 10.0.0.1:",
        "MESOS_AGENT_ENDPOINT, a b:1",
        "MESOS_SANDBOX, run/1",
        "MESOS_RECOVERY_TIMEOUT, 15",
        "MESOS_RECOVERY_TIMEOUT, -1secs",
        "MESOS_SUBSCRIPTION_BACKOFF_MAX, soon"
    })
    void saysWhatIsWrong(String name, String value) {
        Map<String, String> variables = seen();
        variables.put(name, value);
        assertThatThrownBy(() -> MesosEnvironment.of(variables))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + ":")
                .hasMessageContaining(value);
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "1.5mins, PT1M30S", "2hrs, PT2H", "1days, PT24H", "1weeks, PT168H", "3us, PT0.000003S"
    })
    void readsSpans(String text, Duration span) {
        assertThat(MesosSpan.parse("X", text)).isEqualTo(span);
    }
}
