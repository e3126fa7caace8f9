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
    private static final byte[] END = {};
    private static final byte[] CUT = {0};

    private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>();
    private final Runnable gone;

    /** {@code gone} runs once, on a thread of the connection, when the client or the network ended the stream. */
    RecordStream(Runnable gone) {
        this.gone = gone;
    }

    void send(JsonNode record) {
        byte[] json = Json.print(record).getBytes(StandardCharsets.UTF_8);
        byte[] length = (json.length + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[length.length + json.length];
        System.arraycopy(length, 0, frame, 0, length.length);
        System.arraycopy(json, 0, frame, length.length, json.length);
        waiting.add(frame);
    }

    /** Ends the response properly, with the terminating chunk, after what was sent. */
    void end() {
        waiting.add(END);
    }

    /** Drops the connection without the terminating chunk, after what was sent. */
    void cut() {
        waiting.add(CUT);
    }

    /** Writes records until the stream is ended or cut; returns whether it was ended properly. */
    boolean writeTo(OutputStream out) throws IOException, InterruptedException {
        for (byte[] frame = waiting.take(); frame != CUT; frame = waiting.take()) {
            out.write((Integer.toHexString(frame.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(frame);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            if (frame == END) {
                return true;
            }
        }
        return false;
    }

    void lost() {
        gone.run();
        cut();
    }
}
