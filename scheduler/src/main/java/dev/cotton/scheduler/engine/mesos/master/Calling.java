package dev.cotton.scheduler.engine.mesos.master;

import dev.cotton.core.mesos.Call;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster.NotConnectedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** What is said to the master and asked of it in the subscription of the moment. Thread-safe. */
final class Calling {
    private final MasterHttp http;
    private volatile @Nullable Session session;

    Calling(MasterHttp http) {
        this.http = http;
    }

    void begin(Session subscription) {
        session = subscription;
    }

    void end() {
        session = null;
    }

    boolean possible() {
        return session != null;
    }

    /** See {@link MesosMaster#call}. */
    void call(Call call) {
        Session now = session(call.type().name());
        Call.Envelope envelope = new Call.Envelope(Optional.of(now.framework()), call);
        Answer answer = answered(now, call.type().name(), () -> http.call(now.master(), envelope, now.streamId()));
        now.judge(call.type().name(), answer);
    }

    /** See {@link MesosMaster#shown}. */
    <T> T shown(String path, MesosMaster.Reading<T> reading) {
        Session now = session(path);
        MasterHttp.Shown shown = answered(now, path, () -> http.get(now.master(), path));
        now.judge(path, shown.answer());
        try (InputStream body = shown.body()) {
            return reading.read(body);
        } catch (IOException | JacksonException unreadable) {
            throw new NotConnectedException("What the Mesos master at " + now.master() + " shows at " + path
                    + " could not be read: " + Trouble.of(unreadable) + ".");
        }
    }

    private Session session(String what) {
        Session now = session;
        if (now == null) {
            throw new NotConnectedException("There is no subscription to Mesos at the moment, for " + what + ".");
        }
        return now;
    }

    @FunctionalInterface
    private interface Exchange<T> {
        T with() throws IOException, InterruptedException;
    }

    private static <T> T answered(Session session, String what, Exchange<T> exchange) {
        try {
            return exchange.with();
        } catch (IOException e) {
            throw new NotConnectedException(
                    "The Mesos master at " + session.master() + " did not answer " + what + ": " + Trouble.of(e) + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotConnectedException("Interrupted while calling the Mesos master.");
        }
    }
}
