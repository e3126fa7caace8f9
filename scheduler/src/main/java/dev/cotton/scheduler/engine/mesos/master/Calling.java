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
        String what = call.type().name();
        try {
            now.judge(what, http.call(now.master(), envelope, now.streamId()));
        } catch (IOException e) {
            throw now.end(notAnswered(now, what), Trouble.of(e));
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** See {@link MesosMaster#shown}. */
    <T> T shown(String path, MesosMaster.Reading<T> reading) {
        Session now = session(path);
        MasterHttp.Shown shown = looked(now, path);
        if (shown.answer() instanceof Answer.Again(var why)) {
            throw new NotConnectedException(
                    "The Mesos master at " + now.master() + " does not show " + path + " yet: " + why + ".");
        }
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

    /** What is only looked at says nothing of the subscription when it is not answered. */
    private MasterHttp.Shown looked(Session session, String path) {
        try {
            return http.get(session.master(), path);
        } catch (IOException e) {
            throw new NotConnectedException(notAnswered(session, path) + Trouble.of(e) + ".");
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static String notAnswered(Session session, String what) {
        return "The Mesos master at " + session.master() + " did not answer " + what + ": ";
    }

    private static NotConnectedException interrupted() {
        Thread.currentThread().interrupt();
        return new NotConnectedException("Interrupted while calling the Mesos master.");
    }
}
