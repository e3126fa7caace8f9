package dev.cotton.executor.mesos;

import dev.cotton.core.mesos.ExecutorId;
import dev.cotton.core.mesos.FrameworkId;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What an agent says to an executor in its environment.
 *
 * @param api where the agent takes an executor's calls
 * @param sandbox absolute
 * @param recovery how long the agent may be gone; absent without checkpointing: then the executor ends with it
 * @param longestPause between two attempts to subscribe
 * @param shutdownGrace how long after SHUTDOWN the agent kills everything
 * @param token to be presented to the agent, when it authenticates executors
 */
public record MesosEnvironment(
        URI api,
        FrameworkId framework,
        ExecutorId executor,
        Path sandbox,
        Optional<Duration> recovery,
        Duration longestPause,
        Duration shutdownGrace,
        Optional<String> token) {
    private static final String PATH = "/api/v1/executor";
    private static final Duration USUAL_RECOVERY = Duration.ofMinutes(15);
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(2);
    private static final Duration USUAL_GRACE = Duration.ofSeconds(5);

    /** @throws IllegalArgumentException naming the variable that is missing or wrong */
    public static MesosEnvironment of(Map<String, String> variables) {
        boolean checkpoint = "1".equals(variables.get("MESOS_CHECKPOINT"));
        return new MesosEnvironment(
                api(needed(variables, "MESOS_AGENT_ENDPOINT")),
                new FrameworkId(needed(variables, "MESOS_FRAMEWORK_ID")),
                new ExecutorId(needed(variables, "MESOS_EXECUTOR_ID")),
                sandbox(needed(variables, "MESOS_SANDBOX")),
                checkpoint
                        ? Optional.of(span(variables, "MESOS_RECOVERY_TIMEOUT").orElse(USUAL_RECOVERY))
                        : Optional.empty(),
                span(variables, "MESOS_SUBSCRIPTION_BACKOFF_MAX").orElse(USUAL_PAUSE),
                span(variables, "MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD").orElse(USUAL_GRACE),
                Optional.ofNullable(variables.get("MESOS_EXECUTOR_AUTHENTICATION_TOKEN")));
    }

    private static String needed(Map<String, String> variables, String name) {
        String value = variables.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + ": it is not set. This program is started by a Mesos agent, which"
                    + " sets it; nothing was started.");
        }
        return value;
    }

    private static URI api(String endpoint) {
        String sentence = "MESOS_AGENT_ENDPOINT: an address and a port, for instance 10.0.0.1:5051; '" + endpoint
                + "' is not that.";
        try {
            URI api = new URI("http", endpoint, PATH, null, null).parseServerAuthority();
            if (api.getPort() > 0) {
                return api;
            }
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(sentence, malformed);
        }
        throw new IllegalArgumentException(sentence);
    }

    private static Path sandbox(String path) {
        Path sandbox = Path.of(path);
        if (!sandbox.isAbsolute()) {
            throw new IllegalArgumentException("MESOS_SANDBOX: an absolute path; '" + path + "' is not one.");
        }
        return sandbox;
    }

    private static Optional<Duration> span(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name)).map(text -> MesosSpan.parse(name, text));
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "MesosEnvironment[" + api + ", " + framework + ", " + executor + ", " + sandbox + "]";
    }
}
