package dev.cotton.executor.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import javax.net.SocketFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls an executor in a {@link Rehearsal} over one connection that is kept open. Only what the executor does is worth
 * recording, so it uses none of the JDK's HTTP client.
 */
final class StageScheduler implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LIMIT_MS = 10_000;
    private static final Duration LOOK = Duration.ofMillis(10);

    private final Socket socket;

    private StageScheduler(Socket socket) {
        this.socket = socket;
    }

    /** Connects once somebody listens at {@code port}. */
    static StageScheduler to(int port, SocketFactory sockets) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMillis(LIMIT_MS).toNanos();
        while (true) {
            try {
                Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), port);
                socket.setSoTimeout(LIMIT_MS);
                return new StageScheduler(socket);
            } catch (IOException refused) {
                if (System.nanoTime() - deadline > 0) {
                    throw refused;
                }
                Thread.sleep(LOOK);
            }
        }
    }

    String get(String path) throws IOException {
        return call("GET", path, new byte[0]);
    }

    void put(String path, Object body) throws IOException {
        call("PUT", path, JSON.writeValueAsBytes(body));
    }

    private String call(String method, String path, byte[] body) throws IOException {
        String head = method + " " + path + " HTTP/1.1\r\nHost: stage\r\nContent-Length: " + body.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(US_ASCII));
        socket.getOutputStream().write(body);
        int length = 0;
        String status = line();
        for (String line = line(); !line.isEmpty(); line = line()) {
            String field = line.toLowerCase(Locale.ROOT);
            if (field.startsWith("content-length:")) {
                length =
                        Integer.parseInt(field.substring(field.indexOf(':') + 1).strip());
            }
        }
        String answer = new String(socket.getInputStream().readNBytes(length), US_ASCII);
        if (!status.contains(" 20")) {
            throw new IOException(method + " " + path + ": " + status + " " + answer);
        }
        return answer;
    }

    private String line() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The executor hung up.");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
