package dev.cotton.scheduler.engine.mesos.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.Event;
import dev.cotton.core.mesos.ExecutorCall;
import dev.cotton.core.mesos.ExecutorEvent;
import dev.cotton.core.mesos.ExecutorId;
import dev.cotton.core.mesos.FrameworkId;
import dev.cotton.core.mesos.Operation;
import dev.cotton.core.mesos.OperationId;
import dev.cotton.core.mesos.TaskState;
import dev.cotton.core.mesos.TaskStatus;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lines that were recorded between real programs, read into the records and written again: nothing is lost or new. */
final class RecordedLinesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What Cotton has no use for. */
    private static final Set<String> LEFT_OUT = Set.of(
            "master_info.capabilities",
            "master_info.domain",
            "master_info.ip",
            "master_info.pid",
            "status.check_status",
            "status.container_status",
            "status.limitation",
            ".container_id",
            "agent_info.resources",
            "resources[].role",
            "variables[].type");

    static Stream<JsonNode> schedulerCalls() {
        return lines("scheduler-calls.jsonl");
    }

    static Stream<JsonNode> schedulerEvents() {
        return lines("scheduler-events.jsonl");
    }

    static Stream<JsonNode> executorCalls() {
        return lines("executor-calls.jsonl");
    }

    static Stream<JsonNode> executorEvents() {
        return lines("executor-events.jsonl");
    }

    @ParameterizedTest
    @MethodSource("schedulerCalls")
    void writesWhatASchedulerSaid(JsonNode line) {
        Call call = switch (Call.Type.valueOf(line.get("type").asString())) {
            case SUBSCRIBE -> body(line, Call.Subscribe.class);
            case TEARDOWN -> new Call.Teardown();
            case ACCEPT -> accept(line.get("accept"));
            case DECLINE -> body(line, Call.Decline.class);
            case ACCEPT_INVERSE_OFFERS -> body(line, Call.AcceptInverseOffers.class);
            case DECLINE_INVERSE_OFFERS -> body(line, Call.DeclineInverseOffers.class);
            case REVIVE -> body(line, Call.Revive.class);
            case SUPPRESS -> body(line, Call.Suppress.class);
            case KILL -> body(line, Call.Kill.class);
            case SHUTDOWN -> body(line, Call.Shutdown.class);
            case ACKNOWLEDGE -> body(line, Call.Acknowledge.class);
            case ACKNOWLEDGE_OPERATION_STATUS -> body(line, Call.AcknowledgeOperationStatus.class);
            case RECONCILE -> body(line, Call.Reconcile.class);
            case RECONCILE_OPERATIONS -> body(line, Call.ReconcileOperations.class);
            case MESSAGE -> body(line, Call.Message.class);
            case UPDATE_FRAMEWORK -> body(line, Call.UpdateFramework.class);
        };
        Optional<FrameworkId> framework =
                Optional.ofNullable(line.get("framework_id")).map(id -> JSON.treeToValue(id, FrameworkId.class));
        assertSame(line, JSON.valueToTree(new Call.Envelope(framework, call)));
    }

    private static Call accept(JsonNode body) {
        List<Operation> operations = new ArrayList<>();
        for (JsonNode operation : body.get("operations")) {
            Class<? extends Operation.Change> type =
                    switch (Operation.Type.valueOf(operation.get("type").asString())) {
                        case LAUNCH -> Operation.Launch.class;
                        case RESERVE -> Operation.Reserve.class;
                        case UNRESERVE -> Operation.Unreserve.class;
                        case CREATE -> Operation.Create.class;
                        case DESTROY -> Operation.Destroy.class;
                    };
            operations.add(new Operation(
                    Optional.ofNullable(operation.get("id")).map(id -> JSON.treeToValue(id, OperationId.class)),
                    body(operation, type)));
        }
        Call.Decline rest = JSON.treeToValue(body, Call.Decline.class);
        return new Call.Accept(rest.offerIds(), operations, rest.filters());
    }

    @ParameterizedTest
    @MethodSource("schedulerEvents")
    void readsWhatAMasterSaid(JsonNode line) {
        Event event = JSON.treeToValue(line, Event.class);
        assertThat(event).isNotInstanceOf(Event.Unknown.class);
        if (!(event instanceof Event.Heartbeat)) {
            assertSame(body(line), JSON.valueToTree(event));
        }
    }

    @ParameterizedTest
    @MethodSource("executorCalls")
    void writesWhatAnExecutorSaid(JsonNode line) {
        ExecutorCall call = switch (ExecutorCall.Type.valueOf(line.get("type").asString())) {
            case SUBSCRIBE -> body(line, ExecutorCall.Subscribe.class);
            case UPDATE -> body(line, ExecutorCall.Update.class);
            case MESSAGE -> body(line, ExecutorCall.Message.class);
        };
        assertSame(
                line,
                JSON.valueToTree(new ExecutorCall.Envelope(
                        JSON.treeToValue(line.get("executor_id"), ExecutorId.class),
                        JSON.treeToValue(line.get("framework_id"), FrameworkId.class),
                        call)));
    }

    @ParameterizedTest
    @MethodSource("executorEvents")
    void readsWhatAnAgentSaid(JsonNode line) {
        ExecutorEvent event = JSON.treeToValue(line, ExecutorEvent.class);
        assertThat(event).isNotInstanceOf(ExecutorEvent.Unknown.class);
        if (!(event instanceof ExecutorEvent.Shutdown)) {
            assertSame(body(line), JSON.valueToTree(event));
        }
    }

    @Test
    void keepsTheNameOfAnEventThatItDoesNotKnow() {
        assertThat(JSON.readValue("{\"type\":\"ROLE_MERGED\",\"role_merged\":{\"x\":1}}", Event.class))
                .isEqualTo(new Event.Unknown("ROLE_MERGED"));
        assertThat(JSON.readValue("{\"type\":\"NEW\"}", ExecutorEvent.class))
                .isEqualTo(new ExecutorEvent.Unknown("NEW"));
    }

    @Test
    void refusesAnEventWithoutWhatItsTypePromises() {
        assertThatThrownBy(() -> JSON.readValue("{\"type\":\"OFFERS\"}", Event.class))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("A message of type OFFERS has no 'offers'.");
        assertThatThrownBy(() -> JSON.readValue("{\"update\":{}}", Event.class)).isInstanceOf(JacksonException.class);
    }

    @Test
    void readsAConstantThatItDoesNotKnow() {
        TaskStatus status =
                JSON.readValue("{\"task_id\":{\"value\":\"t\"},\"state\":\"TASK_FROZEN\"}", TaskStatus.class);
        assertThat(status.state()).isEqualTo(TaskState.UNRECOGNIZED);
        assertThat(status.state().terminal()).isFalse();
    }

    private static Stream<JsonNode> lines(String file) {
        try (InputStream in = RecordedLinesTest.class.getResourceAsStream(file)) {
            assertThat(in).as(file).isNotNull();
            return new String(in.readAllBytes(), UTF_8).lines().map(JSON::readTree);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode body(JsonNode line) {
        return line.get(line.get("type").asString().toLowerCase(Locale.ROOT));
    }

    private static <T> T body(JsonNode line, Class<T> type) {
        return JSON.treeToValue(body(line), type);
    }

    private static void assertSame(JsonNode recorded, JsonNode written) {
        List<String> differences = new ArrayList<>();
        compare("", recorded, written, differences);
        assertThat(differences).as("%s%nwritten as%n%s", recorded, written).isEmpty();
    }

    private static void compare(String path, JsonNode recorded, JsonNode written, List<String> differences) {
        if (recorded.isObject() && written.isObject()) {
            for (String name : recorded.propertyNames()) {
                JsonNode value = recorded.get(name);
                String at = path + "." + name;
                // A list without elements is the same as none.
                boolean none = value.isArray() && value.isEmpty();
                if (written.has(name)) {
                    compare(at, value, written.get(name), differences);
                } else if (!none && LEFT_OUT.stream().noneMatch(at::endsWith)) {
                    differences.add(at + " is lost");
                }
            }
            written.propertyNames().stream()
                    .filter(name -> !recorded.has(name))
                    .forEach(name -> differences.add(path + "." + name + " is new"));
        } else if (recorded.isArray() && written.isArray() && recorded.size() == written.size()) {
            for (int i = 0; i < recorded.size(); i++) {
                compare(path + "[]", recorded.get(i), written.get(i), differences);
            }
        } else if (!sameValue(recorded, written)) {
            differences.add(path + " is " + written + " instead of " + recorded);
        }
    }

    private static boolean sameValue(JsonNode recorded, JsonNode written) {
        boolean numbers = recorded.isNumber() && written.isNumber();
        return numbers ? recorded.decimalValue().compareTo(written.decimalValue()) == 0 : recorded.equals(written);
    }
}
