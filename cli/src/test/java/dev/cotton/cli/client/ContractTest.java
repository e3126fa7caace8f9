package dev.cotton.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Every field that the client reads is in the contract, and what it takes for granted is required there. */
final class ContractTest {
    private static final Map<Class<? extends Record>, String> SCHEMAS = Map.ofEntries(
            Map.entry(Cluster.class, "ClusterResource"),
            Map.entry(Cluster.Spec.class, "SpecResource"),
            Map.entry(Cluster.Size.class, "SizeResource"),
            Map.entry(Cluster.Placement.class, "PlacementResource"),
            Map.entry(Capacity.class, "CapacityResource"),
            Map.entry(Capacity.Role.class, "RoleResource"),
            Map.entry(Capacity.Amounts.class, "AmountsResource"),
            Map.entry(Cluster.InSync.class, "InSyncResource"),
            Map.entry(Instance.class, "InstanceResource"),
            Map.entry(Instance.Place.class, "PlaceResource"),
            Map.entry(Instance.Endpoints.class, "EndpointsResource"),
            Map.entry(Instance.Executor.class, "ExecutorResource"),
            Map.entry(Instance.Report.class, "ReportResource"),
            Map.entry(Instance.Mysql.class, "MysqlResource"),
            Map.entry(Instance.Replication.class, "ReplicationResource"),
            Map.entry(Operation.class, "OperationResource"),
            Map.entry(Operation.Step.class, "StepResource"),
            Map.entry(Event.class, "EventResource"),
            Map.entry(Quarantine.class, "QuarantineResource"),
            Map.entry(Quarantine.Entry.class, "QuarantineEntryResource"),
            Map.entry(Quarantine.Rows.class, "ChangedRowsResource"),
            Map.entry(Quarantine.Unasked.class, "UnaskedResource"),
            Map.entry(Answers.Clusters.class, "ClusterList"),
            Map.entry(Answers.Events.class, "EventList"),
            Map.entry(Answers.Credentials.class, "CredentialsResource"),
            Map.entry(Answers.LogPiece.class, "LogResource"),
            Map.entry(Answers.Version.class, "VersionResource"),
            Map.entry(Answers.Health.class, "HealthResource"),
            Map.entry(Answers.Problem.class, "Problem"));

    static Stream<Map.Entry<Class<? extends Record>, String>> schemas() {
        return SCHEMAS.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void recordsMirrorTheContract(Map.Entry<Class<? extends Record>, String> pair) {
        JsonNode schema = contract().path("components").path("schemas").path(pair.getValue());
        Set<String> known = Set.copyOf(schema.path("properties").propertyNames());
        Set<String> required =
                schema.path("required").valueStream().map(JsonNode::asString).collect(Collectors.toSet());

        for (RecordComponent component : pair.getKey().getRecordComponents()) {
            assertThat(known).as("%s", pair.getValue()).contains(component.getName());
            assertThat(component.getType().equals(Optional.class))
                    .as("%s.%s is optional", pair.getValue(), component.getName())
                    .isEqualTo(!required.contains(component.getName()));
        }
    }

    private static JsonNode contract() {
        InputStream yaml = Objects.requireNonNull(ContractTest.class.getResourceAsStream("/openapi.yaml"));
        return new YAMLMapper().readTree(yaml);
    }
}
