package dev.cotton.scheduler.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Origin;
import dev.cotton.core.model.PointInTime;
import dev.cotton.core.model.RestoreTarget;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Clusters that begin with the data of a backup. */
final class RestoreRoutesTest {
    private final RunningServer server = new RunningServer();

    @BeforeEach
    void begin() {
        server.fleet.live.add(Samples.healthy("demo"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "{\"cluster\":\"old\"}, latest",
        "{\"cluster\":\"old\"; \"backup\":\"20300102t030405z-old-1\"}, 20300102t030405z-old-1"
    })
    void createsFromABackup(String from, String backup) {
        HttpResponse<String> answer =
                server.postJson("/api/v1/clusters", "{\"name\":\"new\",\"from\":" + from.replace(';', ',') + "}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(server.fleet.creations.getFirst().origin()).contains(FakeOrigins.backup(backup));
    }

    @ParameterizedTest
    @MethodSource("points")
    void createsAsItWasAtAPointInTime(String given, RestoreTarget target, String skip) {
        server.postJson("/api/v1/clusters", "{\"name\":\"new\",\"from\":{\"cluster\":\"old\"," + given + "}}");

        assertThat(server.fleet.creations.getFirst().origin())
                .flatMap(Origin::point)
                .contains(new PointInTime("old-u1/archive", "k1", "sealed", target, GtidSet.parse(skip)));
    }

    static Stream<Arguments> points() {
        String gtid = "3e11fa47-71ca-11e1-9e33-c80aa9429562:7";
        return Stream.of(
                Arguments.of("\"toTime\":\"latest\"", new RestoreTarget.Latest(), ""),
                Arguments.of(
                        "\"toTime\":\"2030-01-02T04:04:05+01:00\"",
                        new RestoreTarget.Time(Instant.parse("2030-01-02T03:04:05Z")),
                        ""),
                Arguments.of("\"toGtid\":\"" + gtid + "\"", new RestoreTarget.Through(GtidSet.parse(gtid)), ""),
                Arguments.of("\"beforeGtid\":\"" + gtid + "\"", new RestoreTarget.Before(GtidSet.parse(gtid)), ""),
                Arguments.of("\"skipGtid\":\"" + gtid + "\"", new RestoreTarget.Latest(), gtid));
    }

    @ParameterizedTest
    @CsvSource({
        "{}, 400, from.cluster: it is needed.",
        "{\"cluster\":\"-\"}, 400, from.cluster: A cluster name starts with",
        "{\"cluster\":\"other\"}, 404, There is no backup of other",
        "{\"cluster\":\"old\";\"toTime\":\"now\"}, 400, from.toTime: 'now' is no time such as",
        "{\"cluster\":\"old\";\"toTime\":\"latest\";\"toGtid\":\"3e11fa47-71ca-11e1-9e33-c80aa9429562:1\"}, 400, give one",
        "{\"cluster\":\"old\";\"toGtid\":\"3e11fa47-71ca-11e1-9e33-c80aa9429562:1-2\"}, 400, from.toGtid: one transaction",
        "{\"cluster\":\"old\";\"skipGtid\":\"x\"}, 400, from.skipGtid: "
    })
    void createsNothingFromWhatIsNoBackup(String from, int status, String message) {
        HttpResponse<String> answer =
                server.postJson("/api/v1/clusters", "{\"name\":\"new\",\"from\":" + from.replace(';', ',') + "}");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(message);
        assertThat(server.fleet.creations).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "201503122000, 201503122000",
        "foo/old:201503122000, 201503122000",
        "old@latest, latest",
        "hdfs/x/old@b-1, b-1"
    })
    void understandsTheBackupsOfOldClients(String id, String backup) {
        HttpResponse<String> answer = server.form("POST", "/clusters/old", "cluster_user=u&backup_id=" + id);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(server.fleet.creations.getFirst().origin()).contains(FakeOrigins.backup(backup));
    }

    @Test
    void putsABackupInThePlaceOfACluster() {
        HttpResponse<String> answer =
                server.postJson("/api/v1/clusters/demo/replace", "{\"from\":{\"cluster\":\"old\",\"backup\":\"b-1\"}}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(server.fleet.calls).contains("replace demo " + FakeOrigins.backup("b-1"));
    }

    @Test
    void onlySaysWhatItWouldDo() {
        HttpResponse<String> answer =
                server.postJson("/api/v1/clusters/demo/replace", "{\"from\":{\"cluster\":\"old\"},\"dryRun\":true}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("It goes to the bin.");
        assertThat(server.fleet.calls).noneMatch(call -> call.startsWith("replace "));
    }

    @Test
    void withoutAnotherClusterItIsTheClustersOwnBackup() {
        HttpResponse<String> answer = server.postJson("/api/v1/clusters/demo/replace", "{}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("There is no backup of demo");
    }
}
