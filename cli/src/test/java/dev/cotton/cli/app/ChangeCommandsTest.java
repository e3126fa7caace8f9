package dev.cotton.cli.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.cli.Documents;
import dev.cotton.cli.FakeScheduler;
import dev.cotton.cli.TestShell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChangeCommandsTest {
    private static final String CHANGE = "PATCH /api/v1/clusters/demo";

    private final FakeScheduler scheduler = new FakeScheduler();
    private final TestShell terminal =
            new TestShell().with("COTTON_API_URL", scheduler.url().toString());

    @AfterEach
    void stop() {
        scheduler.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scale demo --instances 5 | {\"instances\":5}",
                "resize demo --mem 1gb --cpus 2 | {\"size\":{\"cpus\":2.0,\"mem\":\"1gb\"}}",
                "configure demo --durability async | {\"durability\":\"async\"}",
                "configure demo --options max_connections=90 --unset wait_timeout"
                        + " | {\"options\":{\"max_connections\":\"90\"},\"unsetOptions\":[\"wait_timeout\"]}"
            })
    void asksForWhatIsNamedAndWaits(String command, String body) {
        scheduler.on(CHANGE, 202, Documents.operation("change", "running", 0));
        scheduler.on("GET /api/v1/operations/op1", Documents.operation("change", "succeeded", 2));

        assertThat(run(command.split(" "))).isZero();

        assertThat(body()).isEqualTo(body);
        assertThat(terminal.err() + terminal.out()).contains("demo is as asked for, and healthy");
    }

    @Test
    void tellsWhatItWouldDo() {
        scheduler.on(CHANGE, "{\"steps\": [\"It grows.\"]}");

        assertThat(run("scale", "demo", "--instances", "5", "--dry-run")).isZero();

        assertThat(body()).isEqualTo("{\"instances\":5,\"dryRun\":true}");
        assertThat(terminal.out()).contains("It grows.");
    }

    @ParameterizedTest
    @CsvSource({"resize", "configure"})
    void sayWhatCanBeDifferentWhenNothingIsNamed(String command) {
        assertThat(run(command, "demo")).isEqualTo(2);
        assertThat(terminal.err()).contains("Say what is to be different");
    }

    private String body() {
        return scheduler.requests().stream()
                .filter(request -> request.route().equals(CHANGE))
                .map(FakeScheduler.Request::body)
                .findFirst()
                .orElse("");
    }

    private int run(String... arguments) {
        return TestCommands.run(terminal, arguments);
    }
}
