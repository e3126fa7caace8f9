package dev.cotton.executor.mesos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.mesos.Bytes;
import dev.cotton.core.mesos.TaskId;
import dev.cotton.core.mesos.TaskInfo;
import dev.cotton.core.mesos.TaskState;
import dev.cotton.testing.executor.PlayedAgent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Against an agent that is played over HTTP: framing, breaks, and what is said again after them. */
final class AgentLinkTest {
    private static final TaskId TASK = new TaskId("cotton-demo-0");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final PlayedAgent agent = new PlayedAgent();
    private final RecordedTasks tasks = new RecordedTasks();
    private @Nullable AgentLink link;

    @AfterEach
    void close() {
        if (link != null) {
            link.close();
        }
        agent.close();
    }

    private AgentLink started(Map<String, String> different) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "MESOS_AGENT_ENDPOINT", agent.endpoint(),
                "MESOS_FRAMEWORK_ID", "4992cac9-0000",
                "MESOS_EXECUTOR_ID", "exec-1",
                "MESOS_SANDBOX", "/tmp",
                "MESOS_CHECKPOINT", "1",
                "MESOS_RECOVERY_TIMEOUT", "15mins",
                "MESOS_SUBSCRIPTION_BACKOFF_MAX", "100ms"));
        variables.putAll(different);
        AgentLink fresh = new AgentLink(MesosEnvironment.of(variables), tasks);
        link = fresh;
        fresh.start();
        return fresh;
    }

    private AgentLink launched() throws InterruptedException {
        AgentLink fresh = started(Map.of());
        agent.await("SUBSCRIBE");
        agent.send(PlayedAgent.launch(TASK.value(), "data".getBytes(UTF_8), _ -> {}));
        assertThat(tasks.next(TaskInfo.class).taskId()).isEqualTo(TASK);
        return fresh;
    }

    @Test
    void subscribesWithItsIdsAndHearsOfItsTask() throws InterruptedException {
        started(Map.of());
        JsonNode call = agent.await("SUBSCRIBE");
        assertThat(call.path("executor_id").path("value").asString()).isEqualTo("exec-1");
        assertThat(call.path("framework_id").path("value").asString()).isEqualTo("4992cac9-0000");
        assertThat(call.path("subscribe").isObject()).isTrue();
        agent.send(PlayedAgent.launch(TASK.value(), "data".getBytes(UTF_8), _ -> {}));
        TaskInfo task = tasks.next(TaskInfo.class);
        assertThat(task.data().map(Bytes::decoded))
                .hasValueSatisfying(data -> assertThat(data).isEqualTo("data".getBytes(UTF_8)));
    }

    @Test
    void itDoesNotMatterHowARecordIsCutIntoChunks() throws InterruptedException {
        started(Map.of());
        agent.await("SUBSCRIBE");
        byte[] record = PlayedAgent.framed(PlayedAgent.kill("täsk"));
        for (byte octet : record) {
            agent.sendChunk(new byte[] {octet});
        }
        assertThat(tasks.next(RecordedTasks.Kill.class).task().value()).isEqualTo("täsk");
        agent.sendChunk((new String(record, UTF_8) + new String(PlayedAgent.framed("{\"type\":\"SHUTDOWN\"}"), UTF_8))
                .getBytes(UTF_8));
        tasks.next(RecordedTasks.Kill.class);
        tasks.next(RecordedTasks.Shutdown.class);
    }

    @Test
    void aKillMaySayHowMuchTimeThereIs() throws InterruptedException {
        started(Map.of());
        agent.await("SUBSCRIBE");
        agent.send("{\"type\":\"KILL\",\"kill\":{\"task_id\":{\"value\":\"a\"},\"kill_policy\":{\"grace_period\":"
                + "{\"nanoseconds\":2000000000}}}}");
        assertThat(tasks.next(RecordedTasks.Kill.class).grace()).contains(Duration.ofSeconds(2));
        agent.send(PlayedAgent.kill("a"));
        assertThat(tasks.next(RecordedTasks.Kill.class).grace()).isEqualTo(Optional.empty());
    }

    @Test
    void whatIsAcknowledgedIsNotSaidAgainAndMayBeAcknowledgedTwice() throws InterruptedException {
        AgentLink subject = launched();
        subject.update(TASK, TaskState.TASK_STARTING, "");
        JsonNode status = agent.awaitUpdate("TASK_STARTING");
        assertThat(subject.awaitAcknowledged(LIMIT)).isTrue();
        agent.send(PlayedAgent.acknowledgement(status));
        agent.endStream();
        JsonNode again = agent.await("SUBSCRIBE").path("subscribe");
        assertThat(again.path("unacknowledged_updates")).isEmpty();
        assertThat(again.path("unacknowledged_tasks")).isEmpty();
        subject.update(TASK, TaskState.TASK_RUNNING, "");
        agent.awaitUpdate("TASK_RUNNING");
        assertThat(subject.awaitAcknowledged(LIMIT)).isTrue();
    }

    @Test
    void whatAnAgentThatCrashedHasNotKeptIsSaidWhenItIsBack() throws InterruptedException {
        AgentLink subject = launched();
        agent.acknowledge(false);
        subject.update(TASK, TaskState.TASK_STARTING, "");
        JsonNode first = agent.awaitUpdate("TASK_STARTING");
        agent.stop();
        subject.update(TASK, TaskState.TASK_RUNNING, "on port 3306");
        agent.acknowledge(true);
        agent.start();
        JsonNode again = agent.await("SUBSCRIBE").path("subscribe");
        JsonNode updates = again.path("unacknowledged_updates");
        assertThat(updates).hasSize(2);
        assertThat(updates.path(0).path("status")).isEqualTo(first);
        assertThat(updates.path(1).path("status").path("message").asString()).isEqualTo("on port 3306");
        assertThat(updates.path(0).path("status").path("uuid"))
                .isNotEqualTo(updates.path(1).path("status").path("uuid"));
        assertThat(again.path("unacknowledged_tasks")
                        .path(0)
                        .path("task_id")
                        .path("value")
                        .asString())
                .isEqualTo(TASK.value());
        assertThat(subject.awaitAcknowledged(LIMIT)).isTrue();
        assertThat(tasks.none()).isTrue();
    }

    @Test
    void anUpdateThatIsNotTakenIsSentAgainAsItWas() throws InterruptedException {
        AgentLink subject = launched();
        agent.answerAlways(503, "Agent has not finished recovery");
        subject.update(TASK, TaskState.TASK_RUNNING, "");
        JsonNode refused = agent.awaitUpdate("TASK_RUNNING");
        agent.answerAsUsual();
        assertThat(agent.awaitUpdate("TASK_RUNNING")).isEqualTo(refused);
        assertThat(subject.awaitAcknowledged(LIMIT)).isTrue();
    }

    @Test
    void anAgentThatRecoversIsAskedUntilItHas() throws InterruptedException {
        AgentLink subject = launched();
        agent.stop();
        agent.answerAlways(503, "Agent has not finished recovery");
        agent.start();
        agent.await("SUBSCRIBE");
        agent.await("SUBSCRIBE");
        agent.answerAsUsual();
        subject.update(TASK, TaskState.TASK_RUNNING, "");
        assertThat(subject.awaitAcknowledged(LIMIT)).isTrue();
        assertThat(tasks.none()).isTrue();
    }

    @Test
    void anAgentThatIsGoneForTooLongIsLost() throws InterruptedException {
        started(Map.of("MESOS_RECOVERY_TIMEOUT", "500ms"));
        agent.await("SUBSCRIBE");
        agent.send(PlayedAgent.kill("a"));
        tasks.next(RecordedTasks.Kill.class);
        agent.stop();
        tasks.next(RecordedTasks.Lost.class);
    }

    @Test
    void withoutCheckpointsItEndsWithItsAgent() throws InterruptedException {
        started(Map.of("MESOS_CHECKPOINT", "0"));
        agent.await("SUBSCRIBE");
        agent.send(PlayedAgent.kill("a"));
        tasks.next(RecordedTasks.Kill.class);
        agent.endStream();
        assertThat(tasks.next(RecordedTasks.Lost.class).why()).contains("checkpoint");
    }

    @Test
    void anAgentThatDoesNotKnowItIsLostAtOnce() throws InterruptedException {
        agent.answerAlways(400, "Executor cannot be found");
        started(Map.of());
        assertThat(tasks.next(RecordedTasks.Lost.class).why()).contains("Executor cannot be found");
    }

    @Test
    void anErrorIsTheEnd() throws InterruptedException {
        started(Map.of());
        agent.await("SUBSCRIBE");
        agent.send("{\"type\":\"ERROR\",\"error\":{\"message\":\"no such framework\"}}");
        assertThat(tasks.next(RecordedTasks.Lost.class).why()).contains("no such framework");
    }

    @Test
    void anEventThatCannotBeUnderstoodDoesNotEndTheOthers() throws InterruptedException {
        started(Map.of());
        agent.await("SUBSCRIBE");
        agent.send("{\"type\":\"KILL\"}");
        agent.send("{\"type\":\"TEA_TIME\",\"tea_time\":{}}");
        agent.send("{\"type\":\"SHUTDOWN\"}");
        tasks.next(RecordedTasks.Shutdown.class);
    }
}
