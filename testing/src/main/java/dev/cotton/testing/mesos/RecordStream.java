package dev.cotton.testing.mesos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.JsonNode;

/**
 * A stream of RecordIO frames in an HTTP response: each record is one chunk. Any thread may send; the connection's
 * thread writes.
 */
final class RecordStream {
    private enum Kind {
        RECORD,
        END,
        CUT
    }

    private record Piece(Kind kind, String text) {}

    private final BlockingQueue<Piece> waiting = new LinkedBlockingQueue<>();
    private final Runnable gone;

    /** {@code gone} runs once, on a thread of the connection, when the client or the network ended the stream. */
    RecordStream(Runnable gone) {
        this.gone = gone;
    }

    void send(JsonNode record) {
        String json = Json.print(record);
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        waiting.add(new Piece(Kind.RECORD, length + "\n" + json));
    }

    /** Ends the response properly, with the terminating chunk, after what was sent. */
    void end() {
        waiting.add(new Piece(Kind.END, ""));
    }

    /** Drops the connection without the terminating chunk, after what was sent. */
    void cut() {
        waiting.add(new Piece(Kind.CUT, ""));
    }

    /** Writes records until the stream is ended or cut. */
    void writeTo(OutputStream out) throws IOException, InterruptedException {
        for (Piece piece = waiting.take(); piece.kind() != Kind.CUT; piece = waiting.take()) {
            byte[] chunk = piece.text().getBytes(StandardCharsets.UTF_8);
            out.write((Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(chunk);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            if (piece.kind() == Kind.END) {
                return;
            }
        }
    }

    void lost() {
        gone.run();
        cut();
    }
}
