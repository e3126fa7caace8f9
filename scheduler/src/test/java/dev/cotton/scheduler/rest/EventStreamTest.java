package dev.cotton.scheduler.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.Event;
import dev.cotton.scheduler.fleet.Fleet.Happened;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Server-sent events, read from the socket. */
@Timeout(60)
final class EventStreamTest {
    private final RunningServer server = new RunningServer();
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close();
    }

    @Test
    void sendsEveryEventToEveryListener() throws IOException {
        BufferedReader first = listen();
        BufferedReader second = listen();

        server.fleet.happen(happened(7, "demo-1 is in sync."));

        for (BufferedReader reader : List.of(first, second)) {
            assertThat(nextOf(reader, "event:")).isEqualTo("event: event");
            assertThat(nextOf(reader, "id:")).isEqualTo("id: 3-1");
            assertThat(nextOf(reader, "data:"))
                    .isEqualTo("data: {\"cluster\":\"demo\",\"sequence\":7,\"at\":\"2026-11-22T10:00:00Z\","
                            + "\"kind\":\"member-in-sync\",\"text\":\"demo-1 is in sync.\"}");
        }
    }

    @Test
    void goesOnWhereAListenerWas() throws IOException {
        server.fleet.happen(happened(1, "one"));
        server.fleet.happen(happened(2, "two"));
        server.fleet.happen(happened(3, "three"));

        BufferedReader reader = listenAfter("3-1");
        server.fleet.happen(happened(4, "four"));

        for (int number = 2; number <= 4; number++) {
            assertThat(nextOf(reader, "id:")).isEqualTo("id: 3-" + number);
            assertThat(nextOf(reader, "data:")).contains("\"sequence\":" + number);
        }
    }

    @Test
    void saysThatEventsWereMissedThatAnotherLeaderTold() throws IOException {
        server.fleet.happen(happened(1, "one"));
        server.fleet.term = 4;

        BufferedReader reader = listenAfter("3-1");
        server.fleet.happen(happened(2, "two"));

        assertThat(nextOf(reader, "event:")).isEqualTo("event: gap");
        assertThat(nextOf(reader, "id:")).isEqualTo("id: 4-0");
        assertThat(nextOf(reader, "event:")).isEqualTo("event: event");
        assertThat(nextOf(reader, "id:")).isEqualTo("id: 4-1");
    }

    @Test
    void dropsAClientThatDoesNotReadAndNobodyElse() throws IOException {
        BufferedReader good = listen();
        Socket slow = connect();
        await().until(() -> open() == 2);
        String text = "x".repeat(64 << 10);

        long sent = 0;
        while (open() == 2 && sent < 10_000) {
            server.fleet.happen(happened(++sent, text));
            assertThat(nextOf(good, "id:")).isEqualTo("id: 3-" + sent);
        }

        assertThat(sent).isLessThan(10_000);
        await().untilAsserted(() -> assertThat(open()).isEqualTo(1));
        slow.getInputStream().skip(Long.MAX_VALUE);
        server.fleet.happen(happened(sent + 1, "still there"));
        assertThat(nextOf(good, "id:")).isEqualTo("id: 3-" + (sent + 1));
    }

    @Test
    void forgetsAClientThatHungUp() throws IOException {
        Socket socket = connect();
        await().until(() -> open() == 1);
        socket.close();

        await().untilAsserted(() -> {
            server.fleet.happen(happened(1, "x"));
            assertThat(open()).isZero();
        });
    }

    @Test
    void endsWhenTheSchedulerNoLongerLeads() throws IOException {
        BufferedReader reader = listen();

        server.fleet.ready = false;

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(open()).isZero());
        assertThat(nextOf(reader, "0")).as("the last chunk").isEqualTo("0");
    }

    @Test
    void refusesMoreStreamsThanItCanServe() throws IOException {
        for (int i = 0; i < 64; i++) {
            listen();
        }

        HttpResponse<String> answer = server.get("/api/v1/events");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"code\":\"too-many-streams\"");
        assertThat(open()).isEqualTo(64);
    }

    private double open() {
        return server.registry.get("cotton.event.streams").gauge().value();
    }

    private BufferedReader listenAfter(String id) throws IOException {
        BufferedReader reader = new BufferedReader(
                new InputStreamReader(connect("Last-Event-ID: " + id + "\r\n").getInputStream(), UTF_8));
        assertThat(nextOf(reader, ": conn")).isEqualTo(": connected");
        return reader;
    }

    private Socket connect() throws IOException {
        return connect("");
    }

    private Socket connect(String header) throws IOException {
        URI uri = URI.create(server.url());
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        sockets.add(socket);
        socket.setSoTimeout(30_000);
        socket.getOutputStream()
                .write(("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n" + header
                                + "\r\n")
                        .getBytes(UTF_8));
        return socket;
    }

    private BufferedReader listen() throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(connect().getInputStream(), UTF_8));
        assertThat(reader.readLine()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(nextOf(reader, "Content-Type:"))
                .isEqualToIgnoringCase("Content-Type: text/event-stream;charset=UTF-8");
        assertThat(nextOf(reader, ": conn")).isEqualTo(": connected");
        assertThat(reader.readLine()).startsWith("id: 3-");
        return reader;
    }

    private static String nextOf(BufferedReader reader, String beginning) throws IOException {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new IOException("The stream ended.");
    }

    private static Happened happened(long sequence, String text) {
        return new Happened(
                new ClusterName("demo"),
                new Event(sequence, Samples.CREATED, Event.Kind.MEMBER_IN_SYNC, Optional.empty(), text));
    }
}
