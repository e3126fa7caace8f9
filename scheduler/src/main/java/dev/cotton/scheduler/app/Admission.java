package dev.cotton.scheduler.app;

import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.Event;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Notices that the masters do not let this process in, for its login or its settings. Only before they did once: a
 * scheduler that they refuse later still looks after the databases that run, and fails over. Thread-safe.
 */
final class Admission {
    private final Consumer<Hopeless> hopeless;
    private volatile boolean admitted;

    /** @param hopeless told of it, on a thread of the link's */
    Admission(Consumer<Hopeless> hopeless) {
        this.hopeless = hopeless;
    }

    /** The same link, listened to. */
    MesosMaster watch(MesosMaster link) {
        return new Watched(link);
    }

    private void refused(Refusal refusal) {
        if (admitted) {
            return;
        }
        switch (refusal.reason()) {
            case UNAUTHORIZED -> hopeless.accept(new Hopeless(Hopeless.Cause.LOGIN, refusal.why()));
            case INVALID -> hopeless.accept(new Hopeless(Hopeless.Cause.SETTINGS, refusal.why()));
            case REMOVED, FAILED_OVER -> {}
        }
    }

    private final class Watched implements MesosMaster {
        private final MesosMaster link;

        Watched(MesosMaster link) {
            this.link = link;
        }

        @Override
        public void start(Optional<String> frameworkId, Listener listener) {
            link.start(frameworkId, new Ears(listener));
        }

        @Override
        public void roles(List<String> roles, List<String> suppressed) {
            link.roles(roles, suppressed);
        }

        @Override
        public <T> T shown(String path, Reading<T> reading) {
            return link.shown(path, reading);
        }

        @Override
        public void call(Call call) {
            link.call(call);
        }

        @Override
        public void close() {
            link.close();
        }
    }

    private final class Ears implements MesosMaster.Listener {
        private final MesosMaster.Listener told;

        Ears(MesosMaster.Listener told) {
            this.told = told;
        }

        @Override
        public void subscribed(String frameworkId) {
            admitted = true;
            told.subscribed(frameworkId);
        }

        @Override
        public void event(Event event) {
            told.event(event);
        }

        @Override
        public void disconnected(String why) {
            told.disconnected(why);
        }

        @Override
        public void refused(Refusal refusal) {
            told.refused(refusal);
            Admission.this.refused(refusal);
        }
    }
}
