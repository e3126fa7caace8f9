package dev.cotton.scheduler.engine.mesos.master;

import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.Event;
import dev.cotton.core.mesos.FrameworkId;
import dev.cotton.core.mesos.FrameworkInfo;
import dev.cotton.core.mesos.RecordIo;
import dev.cotton.core.model.Endpoint;
import dev.cotton.scheduler.engine.mesos.master.MasterHttp.Opening;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** One subscription after the other, on one virtual thread, until the link is closed or refused. */
public final class MasterLink implements MesosMaster {
    private static final Logger LOG = LoggerFactory.getLogger(MasterLink.class);
    private static final int LARGEST_EVENT = 256 << 20;
    private static final int REDIRECTS_FOLLOWED = 3;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final MasterSettings settings;
    private final Masters masters;
    private final MasterHttp http;
    private final Calling calling;
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Thread thread;
    private volatile Optional<FrameworkId> framework = Optional.empty();
    private volatile List<String> roles;
    private String lastTrouble = "";

    /** The master has ended this for ever. */
    private static final class RefusedException extends Exception {
        private final transient Refusal refusal;

        RefusedException(Refusal refusal) {
            super(refusal.why());
            this.refusal = refusal;
        }
    }

    public MasterLink(MasterSettings settings) {
        this.settings = settings;
        this.http = new MasterHttp(settings);
        this.calling = new Calling(http);
        this.roles = settings.framework().roles();
        this.masters = switch (settings.address()) {
            case MasterAddress.Listed(var listed) -> new ListedMasters(listed);
            case MasterAddress.Elected(var url) ->
                new ElectedMasters(url, settings.timing().answer());
        };
        if (settings.credentials().isPresent() && settings.tls().isEmpty()) {
            LOG.warn("The Mesos master is spoken to without TLS: the framework's secret can be read on the way to it.");
        }
    }

    @Override
    public void start(Optional<String> frameworkId, Listener listener) {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("A link to Mesos is started once.");
        }
        framework = frameworkId.map(FrameworkId::new);
        Thread own = Thread.ofVirtual().name("mesos-master").unstarted(() -> run(listener));
        thread = own;
        own.start();
    }

    private boolean open() {
        return closed.getCount() > 0;
    }

    private void run(Listener listener) {
        int failures = 0;
        try {
            while (open()) {
                long began = System.nanoTime();
                String trouble = subscribe(listener);
                boolean lasted = System.nanoTime() - began
                        > settings.timing().longestPause().toNanos();
                failures = lasted ? 1 : failures + 1;
                if (open()) {
                    report(trouble);
                    pause(failures);
                }
            }
        } catch (RefusedException refused) {
            LOG.error("{}", refused.refusal.why());
            listener.refused(refused.refusal);
        } catch (InterruptedException closing) {
            LOG.trace("The link to Mesos is closed.");
        }
    }

    private void report(String trouble) {
        if (trouble.equals(lastTrouble)) {
            LOG.debug("{}", trouble);
        } else {
            LOG.warn("{}", trouble);
        }
        lastTrouble = trouble;
    }

    private void pause(int failures) throws InterruptedException {
        Duration pause = Backoff.pause(
                settings.timing(), failures, ThreadLocalRandom.current().nextDouble());
        boolean closing = closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        LOG.trace("Waited {} before the next subscription, closing: {}", pause, closing);
    }

    /**
     * Finds the leading master, subscribes and listens until that is over.
     *
     * @return why it is over, in a sentence
     */
    private String subscribe(Listener listener) throws RefusedException, InterruptedException {
        Optional<Endpoint> asked = Optional.empty();
        try {
            Endpoint master = masters.next();
            for (int redirects = 0; redirects <= REDIRECTS_FOLLOWED; redirects++) {
                asked = Optional.of(master);
                Opening opening = http.subscribe(master, subscription());
                switch (opening.answer()) {
                    case Answer.Taken _ -> {
                        return listen(master, opening, listener);
                    }
                    case Answer.Redirected(var leader) -> master = leader;
                    case Answer.Again(var why) -> {
                        return notYet(master, why);
                    }
                    case Answer.Unsubscribed(var why) -> {
                        return notYet(master, why);
                    }
                    case Answer.Refused refused -> throw new RefusedException(refused.refusal());
                }
            }
            return "No Mesos master says that it leads; the last one named is " + master + ".";
        } catch (IOException e) {
            return asked.map(master -> "The Mesos master at " + master + " cannot be reached: ")
                            .orElse("The leading Mesos master is not known: ")
                    + Trouble.of(e) + ".";
        } catch (RuntimeException e) {
            LOG.error("The subscription to Mesos failed and is tried again.", e);
            return "The subscription to Mesos failed: " + Trouble.of(e) + ".";
        }
    }

    private static String notYet(Endpoint master, String why) {
        return "The Mesos master at " + master + " does not take the subscription yet: " + why + ".";
    }

    private Call.Envelope subscription() {
        return new Call.Envelope(framework, new Call.Subscribe(described(roles), List.of()));
    }

    private FrameworkInfo described(List<String> inRoles) {
        FrameworkInfo info = settings.framework().withRoles(inRoles);
        return framework.map(info::withId).orElse(info);
    }

    /** Listens until the stream is over, and says in a sentence why it is. */
    private String listen(Endpoint master, Opening opening, Listener listener)
            throws RefusedException, InterruptedException {
        String why = "The Mesos master at " + master + " ended the stream of events.";
        try (EventStream events = opening.events()) {
            RecordIo records = new RecordIo(events, LARGEST_EVENT);
            for (Optional<byte[]> record = records.next(); record.isPresent(); record = records.next()) {
                hear(master, opening, record.get(), listener);
                events.beginRecord();
            }
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            why = "The stream of events from the Mesos master at " + master + " broke: " + Trouble.of(e) + ".";
        } catch (RuntimeException e) {
            LOG.error("An event of Mesos could not be handled; the framework subscribes again.", e);
            why = "An event of the Mesos master at " + master + " could not be handled here.";
        } finally {
            boolean subscribed = calling.possible();
            calling.end();
            if (subscribed && open()) {
                listener.disconnected(why);
            }
        }
        return why;
    }

    private void hear(Endpoint master, Opening opening, byte[] record, Listener listener)
            throws RefusedException, ProtocolException {
        Optional<Event> event = read(record);
        boolean begins = event.filter(it -> it instanceof Event.Subscribed || it instanceof Event.Ended)
                .isPresent();
        if (!calling.possible() && !begins) {
            throw new ProtocolException("its first event is neither SUBSCRIBED nor ERROR");
        }
        if (event.isEmpty()) {
            return;
        }
        switch (event.get()) {
            case Event.Subscribed subscribed -> {
                subscribed
                        .heartbeatIntervalSeconds()
                        .ifPresent(seconds -> opening.events().limit(silence(seconds)));
                framework = Optional.of(subscribed.frameworkId());
                calling.begin(new Session(master, subscribed.frameworkId(), opening.streamId(), opening.events()));
                lastTrouble = "";
                LOG.info("Subscribed to the Mesos master at {} as framework {}.", master, subscribed.frameworkId());
                listener.subscribed(subscribed.frameworkId().value());
            }
            case Event.Ended(var message) -> {
                calling.end();
                throw new RefusedException(Answer.ofError(message));
            }
            case Event.Heartbeat _ -> LOG.trace("The Mesos master lives.");
            case Event other -> listener.event(other);
        }
    }

    private Duration silence(double heartbeatSeconds) {
        return Duration.ofNanos(
                (long) (heartbeatSeconds * 1e9 * settings.timing().missedHeartbeats()));
    }

    /** One that cannot be read is left out: what matters is said again, by whoever waits for an acknowledgement. */
    private static Optional<Event> read(byte[] record) {
        try {
            return Optional.ofNullable(JSON.readValue(record, Event.class));
        } catch (JacksonException e) {
            // The original message would quote the event.
            LOG.warn(
                    "An event of the Mesos master could not be read and is left out ({} at {}).",
                    e.getClass().getSimpleName(),
                    e.getPathReference());
            return Optional.empty();
        }
    }

    @Override
    public void roles(List<String> wanted, List<String> quiet) {
        if (calling.possible()) {
            calling.call(new Call.UpdateFramework(described(wanted), quiet));
        }
        roles = List.copyOf(wanted);
    }

    @Override
    public void call(Call call) {
        calling.call(call);
    }

    @Override
    public <T> T shown(String path, Reading<T> reading) {
        return calling.shown(path, reading);
    }

    @Override
    public void close() {
        closed.countDown();
        calling.end();
        Thread own = thread;
        if (own != null) {
            own.interrupt();
            join(own);
        }
        http.close();
        masters.close();
    }

    private void join(Thread own) {
        if (own == Thread.currentThread()) {
            return;
        }
        try {
            if (!own.join(settings.timing().answer())) {
                LOG.warn("The thread of the link to Mesos is still busy with an event.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
