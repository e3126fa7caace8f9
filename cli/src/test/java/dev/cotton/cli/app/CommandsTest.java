package dev.cotton.cli.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.cli.Documents;
import dev.cotton.cli.FakeScheduler;
import dev.cotton.cli.TestShell;
import dev.cotton.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class CommandsTest {
    private static final String BACKUP =
            "{\"id\":\"b-1\",\"cluster\":\"demo\",\"uid\":\"u\",\"state\":\"%s\",\"source\":\"demo-1\","
                    + "\"mysql\":\"9.7.4\",\"gtids\":\"g:1-7\",\"data\":\"64mb\",\"stored\":\"8mb\",\"begunAt\":\"2030-01-02T03:04:05Z\","
                    + "\"finishedAt\":\"2030-01-02T03:04:15Z\",\"proof\":{\"at\":\"2030-01-02T03:05:05Z\",\"restoring\":\"PT9.5S\","
                    + "\"checking\":\"PT2S\",\"tables\":3,\"uncounted\":0,\"why\":\"%s\"}}";
    private static final String CREATE = "POST /api/v1/clusters";
    private static final String DEMO = "GET /api/v1/clusters/demo";
    private static final String OPERATION = "GET /api/v1/operations/op1";

    private final FakeScheduler scheduler = new FakeScheduler();
    private final TestShell terminal =
            new TestShell().with("COTTON_API_URL", scheduler.url().toString());

    @AfterEach
    void stop() {
        scheduler.close();
    }

    @Test
    void listsClusters() {
        scheduler.on("GET /api/v1/clusters", Documents.clusters(Documents.cluster("demo", "healthy")));

        assertThat(run("list")).isZero();

        assertThat(terminal.out().lines().map(line -> line.replaceAll(" +", " ")))
                .first()
                .isEqualTo("NAME STATE IN SYNC PRIMARY ADDRESS AGE");
        assertThat(terminal.out().lines()).last().asString().contains("demo", "healthy", "2 of 2", "127.0.0.1:23300");
    }

    @Test
    void writesAllThatTheSchedulerSaidAsJson() {
        scheduler.on("GET /api/v1/clusters", Documents.clusters(Documents.cluster("demo", "healthy")));

        assertThat(run("list", "-o", "json")).isZero();

        assertThat(json(terminal.out()).at("/clusters/0/somethingNew").asInt()).isEqualTo(42);
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void listsTheBin() {
        String binned = Documents.cluster("old", "binned")
                .replace("\"epoch\"", "\"binnedUntil\": \"2999-01-01T00:00:00Z\", \"epoch\"");
        scheduler.on("GET /api/v1/bin", Documents.clusters(binned));

        assertThat(run("list", "--bin")).isZero();

        assertThat(terminal.out()).contains("IN THE BIN", "old");
    }

    @Test
    void showsAClusterWithItsInstancesAndWhatIsWrongWithThem() {
        scheduler.on(DEMO, Documents.cluster("demo", "degraded"));

        assertThat(run("show", "demo")).isZero();

        assertThat(terminal.out())
                .contains("demo is degraded: It is degraded.")
                .contains("2 instances of 1.0 cpus, 512mb memory, 2gb disk")
                .contains("lossless (a commit is acknowledged once a replica has it too)")
                .contains("demo-1: Connection refused.");
    }

    @Test
    void createsAndWaitsUntilItIsDone() {
        scheduler
                .on(CREATE, 202, Documents.operation("create", "running", 0))
                .on(OPERATION, Documents.operation("create", "running", 1))
                .on(OPERATION, Documents.operation("create", "succeeded", 2))
                .on(DEMO, Documents.cluster("demo", "creating"));

        assertThat(run("create", "demo", "--instances", "2", "--mem", "1gb", "--options", "max_connections=200"))
                .isZero();

        assertThat(terminal.err().lines().map(line -> line.substring(9)))
                .containsExactly(
                        "Creating demo ...",
                        "It is creating.",
                        "Instances placed",
                        "It is creating.",
                        "Servers started",
                        "demo is healthy");
        assertThat(terminal.out()).isEqualTo("Its primary is at 127.0.0.1:23300. Open it with: cotton connect demo\n");
        assertThat(scheduler.requests().getFirst().body())
                .isEqualTo(
                        "{\"name\":\"demo\",\"instances\":2,\"size\":{\"mem\":\"1gb\"},\"options\":{\"max_connections\":\"200\"}}");
    }

    @Test
    void asksForAPlaceOnAFleet() {
        scheduler.on(CREATE, 202, Documents.operation("create", "running", 0));

        assertThat(run("create", "demo", "--share-hosts", "--role", "web", "--disk-type", "mount", "--no-wait"))
                .isZero();

        assertThat(scheduler.requests().getFirst().body())
                .isEqualTo(
                        "{\"name\":\"demo\",\"placement\":{\"shareHosts\":true,\"role\":\"web\",\"diskType\":\"mount\"}}");
    }

    @Test
    void showsWhatThereIsAndTheQuotaOfRoles() {
        scheduler.on("GET /api/v1/capacity", """
                {"total": {"cpus": 8.0, "mem": "16gb", "disk": "200gb"},
                 "used": {"cpus": 1.5, "mem": "1536mb", "disk": "6gb"},
                 "roles": [{"name": "web", "guarantee": {}, "limit": {"cpus": 4.0, "mem": "8gb"},
                            "used": {"cpus": 1.5, "mem": "1536mb"}}]}
                """);

        assertThat(run("capacity")).isZero();

        assertThat(terminal.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
                .contains(
                        "known 8.0 16gb 200gb",
                        "given away 1.5 1536mb 6gb",
                        "web used 1.5 1536mb 0",
                        "guaranteed 0 0 0",
                        "at most 4.0 8gb no limit");
    }

    @Test
    void takesThePasswordFromAFileAndTheKeyToAskAgain(@TempDir Path folder) throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "se cret\n");
        scheduler.on(CREATE, 202, Documents.operation("create", "running", 0));

        assertThat(run("create", "demo", "--password-file", password.toString(), "--idempotency-key=k1", "--no-wait"))
                .isZero();

        assertThat(scheduler.requests()).singleElement().satisfies(request -> {
            assertThat(request.body()).isEqualTo("{\"name\":\"demo\",\"password\":\"se cret\"}");
            assertThat(request.idempotencyKey()).contains("k1");
        });
        assertThat(terminal.out()).startsWith("Accepted: Because of running.");
    }

    @Test
    void writesTheOperationAsJson() {
        scheduler
                .on(CREATE, 202, Documents.operation("create", "running", 0))
                .on(OPERATION, Documents.operation("create", "succeeded", 2));

        assertThat(run("create", "demo", "-o", "json")).isZero();

        assertThat(json(terminal.out()).path("outcome").asString()).isEqualTo("succeeded");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void saysWhyAnOperationFailed() {
        scheduler
                .on(CREATE, 202, Documents.operation("create", "running", 0))
                .on(OPERATION, Documents.operation("create", "failed", 1));

        assertThat(run("create", "demo")).isEqualTo(1);

        assertThat(terminal.err()).endsWith("cotton: Creating demo did not succeed: Because of failed.\n");
    }

    @Test
    void givesUpWaitingAndSaysThatItGoesOn() {
        scheduler.on(CREATE, 202, Documents.operation("create", "running", 0));

        assertThat(run("create", "demo", "--timeout", "0s")).isEqualTo(6);

        assertThat(terminal.err())
                .contains("Not done after 0.0 s", "It goes on by itself; look with: cotton show demo");
    }

    @Test
    void goesOnWaitingWhileTheSchedulerIsAway() {
        scheduler
                .on(CREATE, 202, Documents.operation("create", "running", 0))
                .on(OPERATION, 503, Documents.problem("not-ready", "No leader."))
                .on(OPERATION, Documents.operation("create", "succeeded", 2))
                .on(DEMO, Documents.cluster("demo", "creating"));

        assertThat(run("create", "demo")).isZero();

        assertThat(terminal.err()).contains("The scheduler does not answer; trying again");
    }

    @Test
    void deletesOnlyWhenTheNameIsTyped() {
        scheduler.on("DELETE /api/v1/clusters/demo", 202, Documents.operation("delete", "running", 0));
        terminal.with(new Terminal.Features(true, true, true, false)).typing("dem\n");

        assertThat(run("delete", "demo", "--no-wait")).isEqualTo(1);
        assertThat(terminal.err()).contains("puts its data in the bin", "That is not 'demo': nothing was changed.");
        assertThat(scheduler.requests()).isEmpty();

        terminal.typing("demo\n");
        assertThat(run("delete", "demo", "--no-wait")).isZero();
        assertThat(scheduler.routes()).containsExactly("DELETE /api/v1/clusters/demo");
    }

    @Test
    void deletesWithoutAPersonOnlyWhenToldNotToAsk() {
        scheduler.on("DELETE /api/v1/clusters/demo", 202, Documents.operation("delete", "running", 0));

        assertThat(run("delete", "demo", "--no-wait")).isEqualTo(2);
        assertThat(terminal.err()).contains("a script says --yes");
        assertThat(run("delete", "demo", "--no-wait", "--yes")).isZero();
    }

    @Test
    void purgesALiveClusterOrOneInTheBin() {
        scheduler
                .on(DEMO, Documents.cluster("demo", "healthy"))
                .on("DELETE /api/v1/clusters/demo?purge=true", 202, Documents.operation("purge", "running", 0))
                .on("DELETE /api/v1/bin/old", 202, Documents.operation("purge", "running", 0));

        assertThat(run("delete", "demo", "--purge", "--yes", "--no-wait")).isZero();
        assertThat(run("delete", "old", "--purge", "--yes", "--no-wait")).isZero();

        assertThat(scheduler.routes()).contains("DELETE /api/v1/clusters/demo?purge=true", "DELETE /api/v1/bin/old");
    }

    @Test
    void saysWhatAnEndWouldDoWithoutAsking() {
        String plan = "{\"steps\":[\"It ends.\",\"The data are kept.\"]}";
        scheduler
                .on(DEMO, Documents.cluster("demo", "healthy"))
                .on("DELETE /api/v1/clusters/demo?dryRun=true", plan)
                .on("DELETE /api/v1/clusters/demo?dryRun=true&purge=true", plan)
                .on("DELETE /api/v1/bin/old?dryRun=true", plan)
                .on("POST /api/v1/clusters/demo/stop?dryRun=true", plan);

        assertThat(run("delete", "demo", "--dry-run")).isZero();
        assertThat(terminal.out()).isEqualTo("1. It ends.\n2. The data are kept.\nNothing was changed.\n");
        assertThat(run("delete", "demo", "--purge", "--dry-run")).isZero();
        assertThat(run("delete", "old", "--purge", "--dry-run")).isZero();
        assertThat(run("stop", "demo", "--dry-run")).isZero();
    }

    @Test
    void pausesAutomationForASpan() {
        scheduler.on("POST /api/v1/clusters/demo/pause-automation", Documents.cluster("demo", "healthy"));

        assertThat(run("pause-automation", "demo", "--why", "a repair", "--who", "ann", "--for", "2h"))
                .isZero();

        assertThat(terminal.out()).contains("for 2 h 0 min");
        assertThat(scheduler.requests().getLast().body()).contains("\"span\":\"PT2H\"", "\"who\":\"ann\"");
    }

    @Test
    void restoresStopsAndStarts() {
        scheduler
                .on("POST /api/v1/clusters/demo/restore", 202, Documents.operation("restore", "running", 0))
                .on("POST /api/v1/clusters/demo/stop", 202, Documents.operation("stop", "running", 0))
                .on("POST /api/v1/clusters/demo/start", 202, Documents.operation("start", "running", 0))
                .on(OPERATION, Documents.operation("any", "succeeded", 2));

        assertThat(run("restore", "demo")).isZero();
        assertThat(run("stop", "demo")).isZero();
        assertThat(run("start", "demo")).isZero();

        assertThat(terminal.err()).contains("demo is back and healthy", "demo is stopped", "demo is healthy");
    }

    @Test
    void beginsWithABackup() {
        scheduler
                .on("POST /api/v1/clusters", 202, Documents.operation("create", "running", 0))
                .on(OPERATION, Documents.operation("create", "succeeded", 2))
                .on(DEMO, Documents.cluster("demo", "healthy"));

        assertThat(run("create", "demo", "--from-backup", "old@202612312359")).isZero();

        assertThat(scheduler.requests().getFirst().body())
                .isEqualTo("{\"name\":\"demo\",\"from\":{\"cluster\":\"old\",\"backup\":\"202612312359\"}}");
    }

    @Test
    void putsABackupInThePlaceOfACluster() {
        scheduler
                .on("POST /api/v1/clusters/demo/replace", 202, Documents.operation("replace", "running", 0))
                .on(OPERATION, Documents.operation("replace", "succeeded", 2))
                .on(DEMO, Documents.cluster("demo", "healthy"));

        assertThat(run("restore", "demo", "--from-backup", "demo", "--yes", "-o", "json"))
                .isZero();

        assertThat(scheduler.requests().getFirst().body())
                .isEqualTo("{\"dryRun\":false,\"from\":{\"cluster\":\"demo\",\"backup\":\"latest\"}}");
        assertThat(json(terminal.out()).path("outcome").asString()).isEqualTo("succeeded");
    }

    @Test
    void putsNoBackupInThePlaceOfAClusterUnlessThatIsMeant() {
        assertThat(run("restore", "demo", "--from-backup", "demo")).isEqualTo(2);

        assertThat(terminal.err())
                .contains("puts its data in the bin, and restores demo@latest", "a script says --yes");
        assertThat(scheduler.requests()).isEmpty();
    }

    @Test
    void backsAClusterUpAndSaysWhatIsProven() {
        String run = "{\"id\":\"b-1\",\"cluster\":\"demo\",\"step\":\"%s\",\"asked\":true,\"attempts\":1,"
                + "\"begunAt\":\"2030-01-02T03:04:05Z\",\"progress\":0.5,\"why\":\"rows are counted\"}";
        String none = "{\"backups\":[],\"running\":[%s]}";
        scheduler
                .on("POST /api/v1/clusters/demo/backups", 202, run.formatted("copying"))
                .on("GET /api/v1/clusters/demo/backups", none.formatted(run.formatted("restoring")))
                .on("GET /api/v1/clusters/demo/backups", none.formatted(""))
                .on("GET /api/v1/backups/b-1", BACKUP.formatted("proven", ""));

        assertThat(run("backup", "demo")).isZero();

        assertThat(terminal.err()).contains("Copied into the store", "b-1 is proven");
        assertThat(terminal.out()).contains("restored in 9.5 s; 3 tables as they had been", "--from-backup demo@b-1");
    }

    @Test
    void saysOfABackupThatCannotBeRestoredThatItCannot() {
        scheduler
                .on(
                        "POST /api/v1/backups/b-1/verify",
                        202,
                        "{\"id\":\"b-1\",\"cluster\":\"demo\",\"step\":\"restoring\",\"asked\":true,\"attempts\":1,"
                                + "\"begunAt\":\"2030-01-02T03:04:05Z\",\"why\":\"\"}")
                .on("GET /api/v1/clusters/demo/backups", "{\"backups\":[],\"running\":[]}")
                .on("GET /api/v1/backups/b-1", BACKUP.formatted("refuted", "It is damaged."));

        assertThat(run("backups", "verify", "b-1")).isEqualTo(1);

        assertThat(terminal.out()).contains("It is damaged.");
        assertThat(terminal.err()).contains("b-1 is refuted");
    }

    @Test
    void listsBackupsAndWhyThereMayBeMore() {
        scheduler.on(
                "GET /api/v1/backups",
                "{\"backups\":[" + BACKUP.formatted("proven", "")
                        + "],\"running\":[],\"trouble\":\"The store does not answer.\"}");

        assertThat(run("backups", "list")).isZero();

        assertThat(terminal.out()).contains("b-1", "proven", "9.5 s", "The store does not answer.");
    }

    @Test
    void waitsForAState() {
        scheduler
                .on(DEMO, Documents.cluster("demo", "creating"))
                .on(DEMO, 503, Documents.problem("not-ready", "No leader."))
                .on(DEMO, Documents.cluster("demo", "healthy"));

        assertThat(run("wait", "demo")).isZero();

        assertThat(terminal.err().lines()).last().asString().endsWith("demo is healthy");
    }

    @Test
    void waitsUntilItIsGone() {
        assertThat(run("wait", "demo", "--for", "gone", "-o", "json")).isZero();
        assertThat(json(terminal.out()).path("state").asString()).isEqualTo("gone");
    }

    @Test
    void saysWhatIsSoWhenTheWaitIsOver() {
        scheduler.on(DEMO, Documents.cluster("demo", "blocked"));

        assertThat(run("wait", "demo", "--timeout=0")).isEqualTo(6);

        assertThat(terminal.err()).contains("demo is not healthy after 0.0 s. It is blocked: It is blocked.");
    }

    @Test
    void refusesToWaitForWhatIsNotAState() {
        assertThat(run("wait", "demo", "--for", "better")).isEqualTo(2);
    }

    @Test
    void doesNotWaitForAClusterThatIsNotThere() {
        assertThat(run("wait", "demo")).isEqualTo(3);
    }

    @Test
    void printsCredentialsAndTheAuthority() {
        scheduler
                .on(
                        "GET /api/v1/clusters/demo/credentials",
                        "{\"user\":\"app\",\"password\":\"p\",\"clusterUrl\":\"zk://z\"}")
                .onText("GET /api/v1/ca", "application/x-pem-file", "-----BEGIN CERTIFICATE-----\n");

        assertThat(run("credentials", "demo")).isZero();
        assertThat(run("ca")).isZero();

        assertThat(terminal.out())
                .isEqualTo("user       app\npassword   p\ndiscovery  zk://z\n-----BEGIN CERTIFICATE-----\n");
    }

    @Test
    void printsTheEventsOfAllClustersInTheOrderOfTime() {
        String other = Documents.event(7, "10:00:01", "Second.").replace("demo", "other");
        scheduler
                .on(
                        "GET /api/v1/clusters",
                        Documents.clusters(Documents.cluster("demo", "healthy"), Documents.cluster("other", "healthy")))
                .on(
                        "GET /api/v1/clusters/demo/events?after=0",
                        Documents.events(
                                Documents.event(1, "10:00:00", "First."), Documents.event(2, "10:00:02", "Third.")))
                .on("GET /api/v1/clusters/other/events?after=0", Documents.events(other));

        assertThat(run("events")).isZero();

        assertThat(terminal.out().lines().map(line -> line.substring(line.lastIndexOf(' ') + 1)))
                .containsExactly("First.", "Second.", "Third.");
    }

    @Test
    void followsEventsWithoutGapsOrRepetitionAcrossStreams() {
        String first = Documents.event(1, "10:00:00", "First.");
        String second = Documents.event(2, "10:00:01", "Second.");
        String third = Documents.event(3, "10:00:02", "Third.");
        scheduler
                .onText("GET /api/v1/events", "text/event-stream", "data: " + first + "\n\ndata: " + second + "\n\n")
                .onText("GET /api/v1/events", "text/event-stream", ": nothing\n\n")
                .on("GET /api/v1/events", 403, Documents.problem("forbidden", "Enough."))
                .on("GET /api/v1/clusters/demo/events?after=0", Documents.events(first))
                .on("GET /api/v1/clusters/demo/events?after=0", Documents.events(first, second, third));

        assertThat(run("events", "demo", "--follow", "-o", "json")).isEqualTo(7);

        assertThat(terminal.out().lines().map(line -> json(line).path("text").asString()))
                .containsExactly("First.", "Second.", "Third.");
    }

    @Test
    void goesOnAfterTheLastEventThatItSawAndSaysWhatItMissed() {
        String first = Documents.event(1, "10:00:00", "First.");
        String last = Documents.event(5, "10:00:04", "Last.");
        scheduler
                .onText("GET /api/v1/events", "text/event-stream", ": connected\n\nid: 3-1\ndata: " + first + "\n\n")
                .onText(
                        "GET /api/v1/events",
                        "text/event-stream",
                        "event: gap\nid: 4-0\ndata: {\"detail\":\"x\"}\n\nevent: event\nid: 4-1\ndata: " + last
                                + "\n\n")
                .on("GET /api/v1/events", 403, Documents.problem("forbidden", "Enough."))
                .on("GET /api/v1/clusters/demo/events?after=0", Documents.events());

        assertThat(run("events", "demo", "--follow", "-o", "json")).isEqualTo(7);

        assertThat(scheduler.requests().stream()
                        .filter(request -> request.route().equals("GET /api/v1/events"))
                        .map(request -> request.lastEventId().orElse("none")))
                .containsExactly("none", "3-1", "4-1");
        assertThat(terminal.out().lines().map(line -> json(line).path("text").asString()))
                .containsExactly("First.", "Last.");
        assertThat(terminal.err()).contains("3 events of demo were missed: the scheduler has forgotten them already.");
    }

    @Test
    void printsTheEndOfALog() {
        scheduler.on(
                "GET /api/v1/instances/demo-0/log?name=executor&limit=65536", "{\"text\":\"a\\nb\\n\",\"next\":4}");

        assertThat(run("logs", "demo-0", "--executor")).isZero();

        assertThat(terminal.out()).isEqualTo("a\nb\n");
    }

    @Test
    void followsALogFromWhereItWas() {
        scheduler
                .on("GET /api/v1/instances/demo-0/log?name=mysqld&limit=65536", "{\"text\":\"a\\n\",\"next\":2}")
                .on("GET /api/v1/instances/demo-0/log?name=mysqld&limit=65536&offset=2", "{\"text\":\"\",\"next\":2}")
                .on(
                        "GET /api/v1/instances/demo-0/log?name=mysqld&limit=65536&offset=2",
                        "{\"text\":\"b\\n\",\"next\":4}");

        assertThat(run("logs", "-f", "demo-0")).isEqualTo(3);

        assertThat(terminal.out()).isEqualTo("a\nb\n");
    }

    @Test
    void saysWhichVersionsRun() {
        scheduler.on(
                "GET /api/v1/version", "{\"version\":\"1.2\",\"java\":\"25\",\"startedAt\":\"2026-11-22T10:00:00Z\"}");

        assertThat(run("version")).isZero();

        assertThat(terminal.out()).contains("scheduler 1.2, Java 25, since 2026-11-22T10:00:00Z");
    }

    private int run(String... arguments) {
        return TestCommands.run(terminal, arguments);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
