package dev.cotton.cli.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.cli.Documents;
import dev.cotton.cli.FakeScheduler;
import dev.cotton.cli.TestShell;
import dev.cotton.cli.terminal.Terminal;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class QuarantineCommandsTest {
    private static final String ID = "20261122T101530Z-demo-0";
    private static final String LIST = "GET /api/v1/clusters/demo/quarantine";
    private static final String SHOW = LIST + "/" + ID;
    private static final String DISCARD = "DELETE /api/v1/clusters/demo/quarantine/" + ID;
    private static final String PIECE = "&limit=1048576";

    private final FakeScheduler scheduler = new FakeScheduler();
    private final TestShell terminal =
            new TestShell().with("COTTON_API_URL", scheduler.url().toString());

    @AfterEach
    void stop() {
        scheduler.close();
    }

    private static String quarantine(String entries, String unasked) {
        return "{\"entries\": [" + entries + "], \"unasked\": [" + unasked + "]}";
    }

    @Test
    void listsWhatIsSavedAndWhoCouldNotBeAsked() {
        scheduler.on(
                LIST,
                quarantine(
                        Documents.quarantineEntry(ID, 2048),
                        "{\"instance\": \"demo-2\", \"why\": \"nothing listens there\"}"));

        assertThat(run("quarantine", "list", "demo")).isZero();

        assertThat(terminal.out().lines().map(line -> line.replaceAll(" +", " ")))
                .satisfiesExactly(
                        header -> assertThat(header).isEqualTo("ENTRY SAVED TRANSACTIONS ROWS TABLES SIZE COMPLETE"),
                        entry ->
                                assertThat(entry).startsWith(ID + " 2026-11-22").endsWith(" 2 3 1 2kb yes"),
                        silent -> assertThat(silent)
                                .isEqualTo("demo-2 could not be asked, so there may be more: nothing listens there"));
    }

    @Test
    void saysThatNothingIsThereOnlyWhenAllWereAsked() {
        scheduler
                .on(LIST, quarantine("", ""))
                .on(LIST, quarantine("", "{\"instance\": \"demo-2\", \"why\": \"silent\"}"));

        assertThat(run("quarantine", "list", "demo")).isZero();
        assertThat(run("quarantine", "list", "demo")).isZero();

        assertThat(terminal.out().lines())
                .containsExactly(
                        "The quarantine of demo is empty.",
                        "The quarantine of demo is empty, as far as is known.",
                        "demo-2 could not be asked, so there may be more: silent");
    }

    @Test
    void showsWhatTheyDid() {
        scheduler.on(SHOW, Documents.quarantineEntry(ID, 2048));

        assertThat(run("quarantine", "show", "demo", ID)).isZero();

        assertThat(terminal.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
                .contains(
                        "gtids 1-1:41-42",
                        "text 2kb",
                        "shop.orders 2 1 0",
                        "CREATE TABLE 1",
                        "cotton quarantine show demo " + ID + " --sql");
        assertThat(terminal.out()).startsWith(ID + ": 2 transactions that only demo-0 had, saved 2026-11-22");
    }

    @Test
    void writesAllThatTheSchedulerSaidAsJson() {
        scheduler.on(LIST, quarantine(Documents.quarantineEntry(ID, 1), "")).on(SHOW, Documents.quarantineEntry(ID, 1));

        assertThat(run("quarantine", "show", "demo", ID, "-o", "json")).isZero();

        assertThat(json(terminal.out()).path("somethingNew").asInt()).isEqualTo(42);
    }

    @Test
    void writesTheTextByteForByteAndPieceByPiece() {
        byte[] text = {'S', 'E', 'T', ' ', '\'', (byte) 0xE9, (byte) 0xFF, '\'', '\n'};
        scheduler
                .on(SHOW, Documents.quarantineEntry(ID, text.length))
                .onBytes(SHOW + "/text?offset=0" + PIECE, "text/plain", Arrays.copyOf(text, 6))
                .onBytes(SHOW + "/text?offset=6" + PIECE, "text/plain", Arrays.copyOfRange(text, 6, 9));

        assertThat(run("quarantine", "show", "demo", ID, "--sql")).isZero();

        assertThat(terminal.outBytes()).isEqualTo(text);
    }

    @Test
    void saysWhenATextEndsTooSoon() {
        scheduler
                .on(SHOW, Documents.quarantineEntry(ID, 9))
                .onText(SHOW + "/text?offset=0" + PIECE, "text/plain", "SET")
                .onText(SHOW + "/text?offset=3" + PIECE, "text/plain", "");

        assertThat(run("quarantine", "show", "demo", ID, "--sql")).isEqualTo(1);

        assertThat(terminal.err()).contains("after 3 of 9 bytes");
    }

    @Test
    void discardsOnlyWhenTheNameIsTyped() {
        scheduler.on(SHOW, Documents.quarantineEntry(ID, 1)).on(DISCARD, Documents.quarantineEntry(ID, 1));
        terminal.with(new Terminal.Features(true, true, true, false)).typing("dem\n");

        assertThat(run("quarantine", "discard", "demo", ID)).isEqualTo(1);
        assertThat(terminal.err())
                .contains(
                        "This destroys 2 transactions (1-1:41-42, 3 rows)", "That is not 'demo': nothing was changed.");
        assertThat(scheduler.routes()).doesNotContain(DISCARD);

        terminal.typing("demo\n");
        assertThat(run("quarantine", "discard", "demo", ID)).isZero();
        assertThat(scheduler.routes()).contains(DISCARD);
        assertThat(terminal.out()).contains("is destroyed: 2 transactions.");
    }

    @Test
    void discardsWithoutAPersonOnlyWhenToldNotToAsk() {
        scheduler.on(SHOW, Documents.quarantineEntry(ID, 1)).on(DISCARD, Documents.quarantineEntry(ID, 1));

        assertThat(run("quarantine", "discard", "demo", ID)).isEqualTo(2);
        assertThat(run("quarantine", "discard", "demo", ID, "--yes", "-o", "json"))
                .isZero();

        assertThat(json(terminal.out()).path("id").asString()).isEqualTo(ID);
    }

    @Test
    void onlySaysWhatItWouldDestroy() {
        scheduler.on(SHOW, Documents.quarantineEntry(ID, 1));

        assertThat(run("quarantine", "discard", "demo", ID, "--dry-run")).isZero();

        assertThat(terminal.out()).contains("shop.orders", "This would be destroyed. Nothing was changed.");
        assertThat(scheduler.routes()).containsExactly(SHOW);
    }

    @Test
    void repeatsWhatTheSchedulerSaysWhenItCannotBeDone() {
        scheduler.on(
                SHOW,
                503,
                Documents.problem("instance-unreachable", "It may be where demo-2 is. Nothing was changed."));

        assertThat(run("quarantine", "discard", "demo", ID, "--yes")).isEqualTo(5);
        assertThat(terminal.err()).contains("It may be where demo-2 is. Nothing was changed.");

        assertThat(run("quarantine", "show", "demo", "20261122T101530Z-demo-1")).isEqualTo(3);
    }

    @Test
    void refusesWhatCannotBeMeant() {
        assertThat(run("quarantine")).isEqualTo(2);
        assertThat(run("quarantine", "show", "demo", "demo-0")).isEqualTo(2);
        assertThat(run("quarantine", "show", "demo", ID, "--sql", "-o", "json")).isEqualTo(2);
        assertThat(scheduler.requests()).isEmpty();
    }

    private int run(String... arguments) {
        return TestCommands.run(terminal, arguments);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
