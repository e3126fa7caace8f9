package dev.cotton.scheduler.engine.mesos.master;

import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.Event;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The leading Mesos master, whichever that is at a time. Subscribes, and subscribes again whenever the subscription is
 * lost. Thread-safe.
 */
public interface MesosMaster extends AutoCloseable {

    /** Told everything on one thread of the link's own, in order; what it throws costs the subscription. */
    interface Listener {
        /** Each time: offers of before are void, and what happened meanwhile has to be asked for. */
        void subscribed(String frameworkId);

        /** Everything but {@link Event.Subscribed}, {@link Event.Heartbeat} and {@link Event.Ended}. */
        void event(Event event);

        /**
         * Calls fail until the next {@link #subscribed}. Not told of a link that ends.
         *
         * @param why a sentence
         */
        void disconnected(String why);

        /** For ever: the link has ended. */
        void refused(Refusal refusal);
    }

    /**
     * Why there will be no subscription any more.
     *
     * @param why in sentences: what happened, what was kept and what to do
     */
    record Refusal(Reason reason, String why) {
        public enum Reason {
            /** The master has ended the framework and all of its tasks; its id is dead. */
            REMOVED,
            /** Another scheduler has subscribed as this framework. */
            FAILED_OVER,
            /** The master does not accept the principal and the secret. */
            UNAUTHORIZED,
            /** The master does not accept what the framework says of itself. */
            INVALID
        }
    }

    /**
     * Begins to subscribe, without waiting for it. Once.
     *
     * @param frameworkId of the framework that was registered before; without one a new framework is registered
     */
    void start(Optional<String> frameworkId, Listener listener);

    /**
     * Takes part in these roles from now on, in this subscription and in later ones. Before the first, without asking.
     *
     * @param roles all of them
     * @param suppressed those of them that want no offers now; every later subscription begins with offers for all
     * @throws NotConnectedException as {@link #call}; then, and when it is refused, later subscriptions are as before
     * @throws CallRefusedException when the master does not let the framework have one of them
     */
    void roles(List<String> roles, List<String> suppressed);

    /** Reads an answer, whose reads have a limit. */
    @FunctionalInterface
    interface Reading<T> {
        T read(InputStream body) throws IOException;
    }

    /**
     * What the leading master shows to operators at {@code path}, for instance {@code /roles}; changes nothing. Takes its
     * time, so not for a thread that others wait for.
     *
     * @throws NotConnectedException when there is no subscription, or no answer that can be read
     * @throws CallRefusedException when the master does not show it to this framework
     */
    <T> T shown(String path, Reading<T> reading);

    /**
     * Returns once the master has taken the call, which does not mean that it was obeyed. Bounded by a timeout.
     *
     * @throws NotConnectedException when there is no subscription, or no answer: the call may or may not have arrived
     * @throws CallRefusedException when the master does not accept it; nothing was changed
     */
    void call(Call call);

    /**
     * Ends the link and leaves the framework registered, so that its tasks run on for its failover timeout. Interrupts a
     * listener that is being told something, and waits for it.
     */
    @Override
    void close();

    /** There is no master that listens to this framework at the moment; another subscription comes by itself. */
    final class NotConnectedException extends RuntimeException {
        public NotConnectedException(String why) {
            super(why);
        }
    }

    /** The master's own words are in the message. */
    final class CallRefusedException extends RuntimeException {
        public CallRefusedException(String why) {
            super(why);
        }
    }
}
