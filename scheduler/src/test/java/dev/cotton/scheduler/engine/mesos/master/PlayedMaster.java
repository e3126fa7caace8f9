package dev.cotton.scheduler.engine.mesos.master;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cotton.core.model.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A master that answers what a test tells it to, byte for byte, on a real socket. */
final class PlayedMaster implements AutoCloseable {
    static final String FRAMEWORK = "54c1beb3-1e90-48d6-adac-91ba0afc8378-0000";
    static final String STREAM = "b07f41b0-8238-4ef9-8afc-06108a1b3422";
    static final String HEARTBEAT = "{\"type\":\"HEARTBEAT\"}";
    static final String TAKEN =
            "HTTP/1.1 202 Accepted\r\nDate: Sun, 22 Nov 2026 11:56:26 GMT\r\nContent-Length: 0\r\n\r\n";

    private final ServerSocket server;
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private volatile Part part;

    /** Answers a request; returns when the connection is to be closed or, after a whole answer, used again. */
    @FunctionalInterface
    interface Part {
        void play(Request request, Answering out) throws IOException;
    }

    /** What came, with header names in small letters. */
    record Request(String line, TreeMap<String, String> headers, JsonNode body) {
        String type() {
            return body.get("type").asString();
        }

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /** The way back. */
    record Answering(Socket socket, OutputStream out) {
        void raw(String text) throws IOException {
            out.write(text.getBytes(UTF_8));
            out.flush();
        }

        void whole(String status, String headers, String body) throws IOException {
            raw("HTTP/1.1 " + status + "\r\nDate: Sun, 22 Nov 2026 12:00:48 GMT\r\n" + headers + "Content-Length: "
                    + body.getBytes(UTF_8).length + "\r\n\r\n" + body);
        }

        /** The head of a stream of events. */
        void stream() throws IOException {
            raw("HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 11:56:26 GMT\r\nTransfer-Encoding: chunked\r\n"
                    + "Mesos-Stream-Id: " + STREAM + "\r\nContent-Type: application/json\r\n\r\n");
        }

        /** A record in a chunk of its own, as real masters write it. */
        void record(String json) throws IOException {
            chunk(framed(json));
        }

        void chunk(String text) throws IOException {
            chunk(text.getBytes(UTF_8));
        }

        void chunk(byte[] bytes) throws IOException {
            raw(Integer.toHexString(bytes.length) + "\r\n");
            out.write(bytes);
            raw("\r\n");
        }

        void end() throws IOException {
            raw("0\r\n\r\n");
        }

        /** Subscribed, as the first event of a stream. */
        void subscribed(double heartbeatSeconds) throws IOException {
            stream();
            record("{\"type\":\"SUBSCRIBED\",\"subscribed\":{\"framework_id\":{\"value\":\"" + FRAMEWORK
                    + "\"},\"heartbeat_interval_seconds\":" + heartbeatSeconds + ",\"master_info\":{\"id\":\"m\","
                    + "\"ip\":16777343,\"port\":5050,\"version\":\"1.12.0\"}}}");
        }

        /** Says nothing until the other side hangs up. */
        void hold() throws IOException {
            while (socket.getInputStream().read() >= 0) {
                throw new IOException("there is no second request on the connection of a stream");
            }
        }
    }

    static String framed(String json) {
        return json.getBytes(UTF_8).length + "\n" + json;
    }

    private PlayedMaster(ServerSocket server, Part part) {
        this.server = server;
        this.part = part;
        Thread.ofVirtual().name("played-master").start(this::accept);
    }

    static PlayedMaster start(Part part) throws IOException {
        return new PlayedMaster(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), part);
    }

    static PlayedMaster start(SSLContext tls, Part part) throws IOException {
        return new PlayedMaster(
                tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()), part);
    }

    /** Subscribes whoever asks, plays {@code events}, and takes every other call. */
    static Part willing(Part events) {
        return (request, out) -> {
            if (request.type().equals("SUBSCRIBE")) {
                out.subscribed(15);
                events.play(request, out);
                out.hold();
            } else {
                out.raw(TAKEN);
            }
        };
    }

    void now(Part other) {
        part = other;
    }

    Endpoint endpoint() {
        return new Endpoint("127.0.0.1", server.getLocalPort());
    }

    /** The next request that nobody has looked at. */
    Request request() throws InterruptedException {
        Request next = requests.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("There was no request within 10 seconds.");
        }
        return next;
    }

    List<Request> waiting() {
        return List.copyOf(requests);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().name("played-answer").start(() -> converse(socket));
            }
        } catch (IOException closed) {
            requests.clear();
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            for (Optional<Request> next = read(in); next.isPresent(); next = read(in)) {
                requests.add(next.get());
                part.play(next.get(), new Answering(socket, socket.getOutputStream()));
            }
        } catch (IOException hungUp) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<Request> read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            head.append((char) next);
        }
        String[] lines = head.toString().split("\r\n");
        TreeMap<String, String> headers = new TreeMap<>();
        Arrays.stream(lines)
                .skip(1)
                .map(line -> line.split(": ", 2))
                .forEach(header -> headers.put(header[0].toLowerCase(Locale.ROOT), header[1]));
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        String text = body.length == 0 ? "{}" : new String(body, UTF_8);
        return Optional.of(new Request(lines[0], headers, JsonMapper.shared().readTree(text)));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
