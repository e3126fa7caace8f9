package dev.cotton.cli.client;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Events as they happen. Read by one thread; closed by any. */
public final class EventStream implements AutoCloseable {
    /** The scheduler says something every 15 seconds; after three times that it is gone. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private static final String DATA = "data:";
    private static final String NAME = "event:";
    private static final String ID = "id:";
    private static final String EVENT = "event";
    private static final String END = "";

    private final InputStream source;
    private final Transport transport;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread reader;
    private Optional<String> lastSeen;

    EventStream(InputStream source, Transport transport, Optional<String> lastSeen) {
        this.lastSeen = lastSeen;
        this.source = source;
        this.transport = transport;
        this.reader = Thread.ofVirtual().name("events").start(this::read);
    }

    /** The id of the last event that {@link #next} gave, for a stream that goes on after it. */
    public Optional<String> lastSeen() {
        return lastSeen;
    }

    /**
     * Waits for the next event.
     *
     * @return empty when the stream has ended, or has been silent for too long
     */
    public Optional<Document<Event>> next() {
        try {
            String name = EVENT;
            String line = lines.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
            while (line != null && !line.equals(END)) {
                if (line.startsWith(NAME)) {
                    name = line.substring(NAME.length()).strip();
                } else if (line.startsWith(ID)) {
                    lastSeen = Optional.of(line.substring(ID.length()).strip());
                } else if (line.startsWith(DATA) && name.equals(EVENT)) {
                    String data = line.substring(DATA.length()).strip();
                    return Optional.of(transport.parse(transport.address().url(), data, Event.class));
                }
                line = lines.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "Interrupted while waiting for events.", e);
        }
    }

    private void read() {
        try (BufferedReader text = new BufferedReader(new InputStreamReader(source, StandardCharsets.UTF_8))) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                if (!line.isEmpty()) {
                    lines.add(line);
                }
            }
        } catch (IOException closedOrLost) {
            // The end of the stream says all there is to say.
        } finally {
            lines.add(END);
        }
    }

    @Override
    public void close() {
        reader.interrupt();
        try {
            source.close();
        } catch (IOException alreadyGone) {
            // Nothing is lost: nobody reads on.
        }
    }
}
