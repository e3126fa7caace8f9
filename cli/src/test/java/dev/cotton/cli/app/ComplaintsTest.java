package dev.cotton.cli.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.cli.Documents;
import dev.cotton.cli.FakeScheduler;
import dev.cotton.cli.TestShell;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ComplaintsTest {
    @TempDir
    private Path folder = Path.of("");

    private final FakeScheduler scheduler = new FakeScheduler();
    private final TestShell terminal = new TestShell();

    @AfterEach
    void stop() {
        scheduler.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "show                      | Missing required parameter: 'NAME'. See: cotton show --help",
                "show demo --nonsense      | Unknown option: '--nonsense'. See: cotton show --help",
                "shwo                      | Unmatched argument at index 0: 'shwo'. See: cotton --help",
                "show -x                   | See: cotton show --help",
                "show _demo                | A cluster name starts with a letter or a digit",
                "create demo --mem lots    | A size is a number with a unit, for instance 512mb or 2gb; 'lots' is not one.",
                "create demo --instances x | 'x' is not an int. See: cotton create --help",
                "create demo --timeout x   | 'x' is not a span of time",
                "logs demo                 | An instance is named <cluster>-<number>",
                "logs demo-0 --mysqld --executor | are mutually exclusive (specify only one).",
                "list -o xml               | Invalid value for option '--output': text or json, not 'xml'."
            })
    void aWrongCommandLineIsSaidInASentence(String arguments, String sentence) {
        assertThat(run(arguments.split(" +"))).isEqualTo(2);

        assertThat(terminal.err()).startsWith("cotton: ").contains(sentence).hasLineCount(1);
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void complaintsAreJsonWhereJsonWasAskedFor() {
        terminal.with("COTTON_API_URL", scheduler.url().toString());
        scheduler.on("GET /api/v1/clusters/demo", 404, Documents.problem("not-found", "There is no cluster demo."));

        assertThat(run("show", "demo", "--output=json")).isEqualTo(3);

        JsonNode complaint = JsonMapper.shared().readTree(terminal.err());
        assertThat(complaint.path("code").asString()).isEqualTo("not-found");
        assertThat(complaint.path("exitCode").asInt()).isEqualTo(3);
        assertThat(complaint.path("detail").asString()).isEqualTo("There is no cluster demo.");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void alsoWhenTheCommandLineIsWrong() {
        assertThat(run("show", "-o", "json")).isEqualTo(2);

        assertThat(JsonMapper.shared().readTree(terminal.err()).path("code").asString())
                .isEqualTo("usage");
    }

    @Test
    void saysHowToStartASchedulerWhenThereIsNone() {
        assertThat(run("list", "--data-dir", folder.toString())).isEqualTo(5);

        assertThat(terminal.err())
                .isEqualTo("cotton: No scheduler runs on the data folder " + folder
                        + ". Start one with: cotton up. Or name one that runs elsewhere with --api-url.\n");
    }

    @Test
    void detailsGoToALogFileAndNeverToTheTerminal() {
        terminal.with("COTTON_DATA_DIR", folder.toString()).with("COTTON_API_URL", "http://127.0.0.1:1");

        assertThat(run("list", "--verbose")).isEqualTo(5);

        Path log = folder.resolve("logs/cli.log");
        assertThat(terminal.err()).contains("The details are in " + log + ".").doesNotContain("\tat ");
        assertThat(log).content().contains("list --verbose", "ConnectException", "\tat ");
    }

    @Test
    void detailsGoToTheDataFolderThatTheCommandIsAbout() {
        Path given = folder.resolve("given");
        terminal.with("COTTON_DATA_DIR", folder.resolve("usual").toString());

        assertThat(run("list", "--verbose", "--api-url", "http://127.0.0.1:1", "--data-dir", given.toString()))
                .isEqualTo(5);

        assertThat(terminal.err()).contains("The details are in " + given.resolve("logs/cli.log") + ".");
        assertThat(folder.resolve("usual")).doesNotExist();
    }

    @Test
    void aUrlThatIsNotOneIsAWrongCommandLine() {
        assertThat(run("list", "--api-url", "nowhere")).isEqualTo(2);
    }

    @Test
    void helpIsNoComplaint() {
        assertThat(run()).isZero();
        assertThat(run("create", "--help")).isZero();
        assertThat(run("--version")).isZero();

        assertThat(terminal.out()).contains("Usage: cotton [", "Usage: cotton create [", "cotton development");
    }

    private int run(String... arguments) {
        return TestCommands.run(terminal, arguments);
    }
}
