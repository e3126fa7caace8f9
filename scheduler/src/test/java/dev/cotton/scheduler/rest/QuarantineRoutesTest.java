package dev.cotton.scheduler.rest;

import static dev.cotton.scheduler.rest.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.InstanceId;
import dev.cotton.scheduler.fleet.Refusal;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Saved transactions over HTTP. */
final class QuarantineRoutesTest {
    private static final String ENTRIES = "/api/v1/clusters/demo/quarantine";
    private static final String ENTRY = ENTRIES + "/" + FakeQuarantine.ID;

    private final RunningServer server = new RunningServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void listsWhatIsSavedAndWhoCouldNotBeAsked() {
        server.fleet.quarantine.unasked.put(InstanceId.parse("demo-2"), "nothing listens there");

        JsonNode list = json(server.get(ENTRIES));

        JsonNode entry = list.path("entries").path(0);
        assertThat(entry).isEqualTo(json(server.get(ENTRY)));
        assertThat(entry.path("id").asString()).isEqualTo("20261122T101530Z-demo-0");
        assertThat(entry.path("instance").asString()).isEqualTo("demo-0");
        assertThat(entry.path("savedAt").asString()).isEqualTo("2026-11-22T10:15:30Z");
        assertThat(entry.path("gtids").asString()).isEqualTo("11111111-1111-1111-1111-111111111111:41-42");
        assertThat(entry.path("rows").path(0).toString())
                .isEqualTo("{\"table\":\"shop.orders\",\"inserted\":2,\"updated\":1,\"deleted\":0}");
        assertThat(entry.path("statements").path("CREATE TABLE").asInt()).isEqualTo(1);
        assertThat(list.path("unasked").toString())
                .isEqualTo("[{\"instance\":\"demo-2\",\"why\":\"nothing listens there\"}]");
    }

    @Test
    void givesTheTextByteForByte() {
        HttpResponse<byte[]> whole = server.bytes(ENTRY + "/text");
        HttpResponse<byte[]> piece = server.bytes(ENTRY + "/text?offset=7&limit=3");

        assertThat(whole.headers().firstValue("Content-Type")).contains("text/plain");
        assertThat(whole.body()).isEqualTo(FakeQuarantine.TEXT);
        assertThat(piece.body()).isEqualTo(Arrays.copyOfRange(FakeQuarantine.TEXT, 7, 10));
        assertThat(server.bytes(ENTRY + "/text?offset=1000").body()).isEmpty();
    }

    @Test
    void saysHowLongTheTextIsWithoutReadingIt() {
        HttpResponse<String> head = server.send(
                server.to(ENTRY + "/text").method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody()));

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(FakeQuarantine.TEXT.length);
    }

    @Test
    void breaksTheConnectionRatherThanGiveHalfOfATextAsTheWhole() {
        server.fleet.quarantine.breaksOff = true;

        assertThatThrownBy(() -> server.bytes(ENTRY + "/text")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void destroysAnEntryOnce() {
        HttpResponse<String> gone = server.delete(ENTRY);
        HttpResponse<String> again = server.delete(ENTRY);

        assertThat(gone.statusCode()).isEqualTo(200);
        assertThat(json(gone).path("transactions").asInt()).isEqualTo(2);
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(json(again).path("code").asString()).isEqualTo("not-found");
        assertThat(json(server.get(ENTRIES)).path("entries")).isEmpty();
    }

    @Test
    void refusesWhatIsNoEntrysNameAndWhatItDoesNotKnow() {
        assertThat(server.get(ENTRIES + "/demo-0").statusCode()).isEqualTo(400);
        assertThat(json(server.get(ENTRIES + "/demo-0")).path("field").asString())
                .isEqualTo("id");
        assertThat(server.get(ENTRIES + "?all=true").statusCode()).isEqualTo(400);
        assertThat(server.get(ENTRY + "/text?offset=-1").statusCode()).isEqualTo(400);
        assertThat(server.get(ENTRY + "/text?limit=0").statusCode()).isEqualTo(400);
        assertThat(server.fleet.calls).isEmpty();
        assertThat(server.get(ENTRIES + "/20261122T101530Z-demo-1").statusCode())
                .isEqualTo(404);
    }

    @Test
    void saysThatNoExecutorAnswers() {
        server.fleet.failure = Optional.of(
                () -> new Refusal(Refusal.Code.UNREACHABLE, "No executor that answers has it. Nothing was changed."));

        HttpResponse<String> answer = server.delete(ENTRY);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).path("code").asString()).isEqualTo("instance-unreachable");
        assertThat(json(answer).path("detail").asString()).contains("Nothing was changed.");
    }
}
