package dev.cotton.scheduler.engine.mesos.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cotton.core.mesos.Bytes;
import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.Event;
import dev.cotton.core.mesos.ExecutorCall;
import dev.cotton.core.mesos.ExecutorEvent;
import dev.cotton.core.mesos.MasterInfo;
import dev.cotton.core.mesos.Operation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.mesos.protobuf.Descriptors.Descriptor;
import org.apache.mesos.protobuf.Descriptors.EnumDescriptor;
import org.apache.mesos.protobuf.Descriptors.FieldDescriptor;
import org.apache.mesos.protobuf.Descriptors.FieldDescriptor.JavaType;
import org.apache.mesos.v1.Protos;
import org.junit.jupiter.api.Test;

/**
 * Mesos' own schema as the oracle: every field and every constant of the records is in it and of the same kind, and what
 * it requires is always there.
 */
final class SchemaTest {
    /** Records that are not named as their type. */
    private static final Map<Class<?>, String> TYPES =
            Map.of(Event.Ended.class, "ERROR", ExecutorEvent.Ended.class, "ERROR");

    /** What a record of Cotton's own adds to the schema. */
    private static final Set<Class<?>> KEPT_ASIDE =
            Set.of(Event.Unknown.class, ExecutorEvent.Unknown.class, Call.Envelope.class, ExecutorCall.Envelope.class);

    private final List<String> wrong = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    /** What is only read may leave out what the schema requires. */
    private boolean written;

    @Test
    void callsOfSchedulersAreInTheSchema() {
        written = true;
        Descriptor call = org.apache.mesos.v1.scheduler.Protos.Call.getDescriptor();
        checkTyped(Call.class, call);
        checkEnum(Call.Type.class, call.findEnumTypeByName("Type"));
        assertThat(call.findFieldByName("framework_id")).isNotNull();
        assertThat(wrong).isEmpty();
        assertThat(seen)
                .as("the records are walked through to their ends")
                .contains(
                        "mesos.v1.TaskInfo.executor",
                        "mesos.v1.Resource.ReservationInfo.labels",
                        "mesos.v1.Label.value");
    }

    @Test
    void eventsOfMastersAreInTheSchema() {
        checkTyped(Event.class, org.apache.mesos.v1.scheduler.Protos.Event.getDescriptor());
        assertThat(wrong).isEmpty();
        assertThat(seen).contains("mesos.v1.Offer.unavailability", "mesos.v1.TaskStatus.unreachable_time");
    }

    @Test
    void callsOfExecutorsAreInTheSchema() {
        written = true;
        Descriptor call = org.apache.mesos.v1.executor.Protos.Call.getDescriptor();
        checkTyped(ExecutorCall.class, call);
        checkEnum(ExecutorCall.Type.class, call.findEnumTypeByName("Type"));
        assertThat(call.findFieldByName("framework_id")).isNotNull();
        assertThat(call.findFieldByName("executor_id")).isNotNull();
        assertThat(wrong).isEmpty();
    }

    @Test
    void eventsOfAgentsAreInTheSchema() {
        checkTyped(ExecutorEvent.class, org.apache.mesos.v1.executor.Protos.Event.getDescriptor());
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatMastersPutIntoZooKeeperIsInTheSchema() {
        checkRecord(MasterInfo.class, Protos.MasterInfo.getDescriptor());
        assertThat(wrong).isEmpty();
    }

    @Test
    void seesAFieldThatIsNotInTheSchema() {
        record Misspelt(@JsonProperty("agentId") String agentId, int hostname) {}
        written = true;
        checkRecord(Misspelt.class, Protos.Offer.getDescriptor());
        assertThat(wrong)
                .contains(
                        "mesos.v1.Offer has no field 'agentId'",
                        "mesos.v1.Offer.hostname is STRING, not int",
                        "mesos.v1.Offer requires 'framework_id'");
    }

    /** A sealed interface whose records are bodies under the names of their types. */
    private void checkTyped(Class<?> messages, Descriptor schema) {
        for (Class<?> message : messages.getPermittedSubclasses()) {
            if (KEPT_ASIDE.contains(message)) {
                continue;
            }
            String type = TYPES.getOrDefault(
                    message,
                    message.getSimpleName().replaceAll("(?<!^)([A-Z])", "_$1").toUpperCase(Locale.ROOT));
            if (schema.findEnumTypeByName("Type").findValueByName(type) == null) {
                wrong.add(schema.getFullName() + " has no type " + type);
            }
            FieldDescriptor body = schema.findFieldByName(type.toLowerCase(Locale.ROOT));
            if (message.getRecordComponents().length > 0 && body == null) {
                wrong.add(schema.getFullName() + " has no body for " + type);
            } else if (body != null) {
                checkRecord(message, body.getMessageType());
            }
        }
    }

    private void checkRecord(Class<?> type, Descriptor schema) {
        if (type == Operation.class) {
            checkTyped(Operation.Change.class, schema);
            checkEnum(Operation.Type.class, schema.findEnumTypeByName("Type"));
            return;
        }
        Set<String> always = new HashSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
            String name = named == null ? component.getName() : named.value();
            FieldDescriptor field = schema.findFieldByName(name);
            if (field == null) {
                wrong.add(schema.getFullName() + " has no field '" + name + "'");
                continue;
            }
            if (!isOptional(component.getType())) {
                always.add(name);
            }
            if (seen.add(field.getFullName())) {
                checkComponent(component.getGenericType(), field);
            }
        }
        schema.getFields().stream()
                .filter(field -> written && field.isRequired() && !always.contains(field.getName()))
                .forEach(field -> wrong.add(schema.getFullName() + " requires '" + field.getName() + "'"));
    }

    private void checkComponent(Type type, FieldDescriptor field) {
        if (type instanceof ParameterizedType generic) {
            boolean many = generic.getRawType() == List.class;
            if (many != field.isRepeated()) {
                wrong.add(field.getFullName() + (many ? " is not repeated" : " is repeated"));
            }
            checkKind((Class<?>) generic.getActualTypeArguments()[0], field);
        } else {
            if (field.isRepeated()) {
                wrong.add(field.getFullName() + " is repeated");
            }
            checkKind((Class<?>) type, field);
        }
    }

    private void checkKind(Class<?> type, FieldDescriptor field) {
        if (!kinds(type).contains(field.getJavaType())) {
            wrong.add(field.getFullName() + " is " + field.getJavaType() + ", not " + type.getSimpleName());
        } else if (type.isEnum()) {
            checkEnum(type, field.getEnumType());
        } else if (field.getJavaType() == JavaType.MESSAGE) {
            checkRecord(type, field.getMessageType());
        }
    }

    private static Set<JavaType> kinds(Class<?> type) {
        return switch (type) {
            case Class<?> c when c == String.class -> Set.of(JavaType.STRING, JavaType.ENUM);
            case Class<?> c when c == Bytes.class -> Set.of(JavaType.BYTE_STRING);
            case Class<?> c when c == double.class || c == OptionalDouble.class -> Set.of(JavaType.DOUBLE);
            case Class<?> c when c == int.class || c == OptionalInt.class -> Set.of(JavaType.INT);
            case Class<?> c when c == long.class -> Set.of(JavaType.LONG);
            case Class<?> c when c == Boolean.class || c == boolean.class -> Set.of(JavaType.BOOLEAN);
            case Class<?> c when c.isEnum() -> Set.of(JavaType.ENUM);
            default -> Set.of(JavaType.MESSAGE);
        };
    }

    private void checkEnum(Class<?> constants, EnumDescriptor schema) {
        Arrays.stream(constants.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .filter(name -> !name.equals("UNRECOGNIZED") && schema.findValueByName(name) == null)
                .forEach(name -> wrong.add(schema.getFullName() + " has no constant " + name));
    }

    private static boolean isOptional(Class<?> type) {
        return type == Optional.class || type == OptionalDouble.class || type == OptionalInt.class;
    }
}
