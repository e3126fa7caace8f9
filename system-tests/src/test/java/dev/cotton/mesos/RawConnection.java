package dev.cotton.mesos;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One HTTP request on a socket of its own, and the response or the stream of events that follows. */
final class RawConnection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final List<JsonNode> events = new ArrayList<>();
    private boolean ended;
    private volatile boolean broken;

    RawConnection(int port, String request) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        out.write(request.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** The head of the response, with its body unless a stream follows. */
    Message response() throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.append(line).append('\n');
        }
        Message message = Message.parse(head.toString().stripTrailing());
        if ("chunked".equals(message.headers().get("transfer-encoding"))) {
            Thread.ofVirtual().name("stream").start(this::readChunks);
            return message;
        }
        int length = Integer.parseInt(message.headers().getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Message(message.start(), message.headers(), body);
    }

    private void readChunks() {
        try {
            while (true) {
                int size = Integer.parseInt(line(), 16);
                byte[] chunk = in.readNBytes(size);
                line();
                if (size == 0) {
                    end(false);
                    return;
                }
                add(new String(chunk, StandardCharsets.UTF_8));
            }
        } catch (IOException | NumberFormatException gone) {
            end(true);
        }
    }

    private synchronized void add(String chunk) {
        String[] record = chunk.split("\n", 2);
        int length = record[1].getBytes(StandardCharsets.UTF_8).length;
        if (Integer.parseInt(record[0]) != length) {
            throw new IllegalStateException("not one record in one chunk: " + chunk);
        }
        events.add(JsonMapper.shared().readTree(record[1]));
        notifyAll();
    }

    private synchronized void end(boolean abruptly) {
        ended = true;
        broken = abruptly;
        notifyAll();
    }

    /** Takes the first event that fits, waiting for it at most so long. */
    synchronized Optional<JsonNode> take(Predicate<JsonNode> fits, Duration patience) throws InterruptedException {
        long limit = System.nanoTime() + patience.toNanos();
        while (true) {
            for (int i = 0; i < events.size(); i++) {
                if (fits.test(events.get(i))) {
                    return Optional.of(events.remove(i));
                }
            }
            long left = limit - System.nanoTime();
            if (left <= 0 || ended) {
                return Optional.empty();
            }
            wait(Math.max(1, left / 1_000_000));
        }
    }

    /** Waits for the terminating chunk; false when it does not come. */
    boolean endsProperly(Duration patience) throws InterruptedException {
        return ends(patience) && !broken;
    }

    /** Waits until the connection ends without the terminating chunk; false when it does not. */
    boolean breaks(Duration patience) throws InterruptedException {
        return ends(patience) && broken;
    }

    private synchronized boolean ends(Duration patience) throws InterruptedException {
        long limit = System.nanoTime() + patience.toNanos();
        while (!ended && System.nanoTime() < limit) {
            wait(Math.max(1, (limit - System.nanoTime()) / 1_000_000));
        }
        return ended;
    }

    /** Closes it, and waits until the server has noticed. */
    void leave(Duration patience) throws IOException, InterruptedException {
        socket.shutdownOutput();
        ends(patience);
        close();
    }

    /** Events that nobody took. */
    synchronized List<JsonNode> left() {
        return List.copyOf(events);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0) {
                throw new EOFException("the connection has ended");
            }
            if (each != '\r') {
                line.append((char) each);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
