package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.Event;
import dev.cotton.core.mesos.FrameworkId;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.port.Engine.Capacity;
import dev.cotton.core.port.Engine.InstanceSpec;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.scheduler.engine.EngineRecords;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Goal;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is heard from the master and said to it, for the {@link Fleet}. What could not be said is made good after the next
 * subscription, when everything is asked anew. Not thread-safe.
 */
final class Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final int NONCE_BYTES = 8;
    private static final String REMOVED =
            "The Mesos master has removed this framework and ended its tasks; volumes and data"
                    + " are kept. Find out who tore it down, then start the scheduler once with --register-anew: instances go"
                    + " back to their volumes.";

    /** Offers are heard for so long after the last one was of use: what nobody knows of may be among them. */
    private static final Duration QUIET = Duration.ofSeconds(30);

    private final MesosSettings settings;
    private final Fleet fleet;
    private final EngineRecords<Framework> records;
    private final MesosMaster master;
    private final SecureRandom random = new SecureRandom();
    private Framework framework;
    private boolean connected;
    private boolean suppressed;
    private boolean wanted;
    private String trouble = "";
    private long usefulAt = System.nanoTime();

    Conversation(MesosSettings settings, Fleet fleet, EngineRecords<Framework> records, MesosMaster master) {
        this.settings = settings;
        this.fleet = fleet;
        this.records = records;
        this.master = master;
        this.framework = records.load().stream().findFirst().orElseGet(this::first);
        if (framework.removed()
                && (settings.registerAnew() || fleet.all().stream().noneMatch(MesosInstance::live))) {
            registerAnew();
        } else if (framework.removed()) {
            trouble = REMOVED;
        }
    }

    /** What the former framework ran is over; volumes were kept for the role, and instances go back to theirs. */
    private void registerAnew() {
        LOG.warn("The Mesos master had removed this framework: another one is registered.");
        fleet.allTasksEnded("the framework was removed");
        framework = framework.anew();
        records.save(framework);
    }

    /** Whether there is something to subscribe as. */
    boolean maySubscribe() {
        return trouble.isEmpty();
    }

    private Framework first() {
        Framework created = new Framework(Framework.SCHEMA, nonce(), Optional.empty(), false);
        records.save(created);
        return created;
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    Optional<String> frameworkId() {
        return framework.frameworkId();
    }

    List<MesosInstance> instances() {
        return fleet.all();
    }

    Map<InstanceId, Place> places() {
        return trouble.isEmpty() ? fleet.places() : fleet.placesWhile(trouble);
    }

    Capacity capacity() {
        return fleet.offers().capacity(fleet.all());
    }

    void want(InstanceSpec spec) {
        fleet.want(spec);
        if (connected && fleet.wantsOffers()) {
            revive();
        }
    }

    void end(InstanceId id, Goal goal) {
        fleet.end(id, goal);
    }

    void subscribed(String frameworkId) {
        if (!framework.frameworkId().equals(Optional.of(frameworkId))) {
            framework = framework.registered(frameworkId);
            records.save(framework);
        }
        LOG.info("Registered with the Mesos master as {}.", frameworkId);
        connected = true;
        suppressed = false;
        usefulAt = System.nanoTime();
        fleet.subscribed().forEach(this::say);
    }

    void disconnected(String why) {
        LOG.warn("The Mesos master is not reached: {}. Databases go on; nothing is launched or ended meanwhile.", why);
        connected = false;
        fleet.offers().clear();
    }

    void refused(MesosMaster.Refusal refusal) {
        connected = false;
        trouble = refusal.why();
        LOG.error("{}", trouble);
        if (refusal.reason() == MesosMaster.Refusal.Reason.REMOVED) {
            framework = framework.ended();
            records.save(framework);
            trouble = REMOVED;
        }
    }

    void heard(Event event) {
        fleet.heard(event).forEach(this::say);
    }

    void tick() {
        List<Call> due = fleet.tick();
        if (!connected) {
            return;
        }
        due.forEach(this::say);
        boolean wants = fleet.wantsOffers();
        if (wants && !wanted) {
            revive();
        }
        wanted = wants;
        if (!fleet.offers().isEmpty()) {
            answerOffers();
        }
        if (wants) {
            usefulAt = System.nanoTime();
        } else if (!suppressed && System.nanoTime() - usefulAt > QUIET.toNanos()) {
            say(new Call.Suppress(List.of()));
            suppressed = true;
        }
    }

    private void revive() {
        say(new Call.Revive(List.of()));
        suppressed = false;
        wanted = true;
    }

    private void answerOffers() {
        Ownership ownership = new Ownership(settings.role(), settings.principal(), framework.state());
        FrameworkId id = new FrameworkId(framework.frameworkId().orElseThrow());
        fleet.cycle(ownership, id, this::nonce).forEach(this::say);
    }

    private void say(Call call) {
        if (!connected) {
            return;
        }
        try {
            master.call(call);
        } catch (MesosMaster.NotConnectedException lost) {
            LOG.debug("{} was not said: {}", call.type(), lost.getMessage());
        } catch (MesosMaster.CallRefusedException refused) {
            LOG.error("The Mesos master refuses {}: {}", call.type(), refused.getMessage());
            if (call instanceof Call.Accept accept) {
                fleet.refused(accept, String.valueOf(refused.getMessage()));
                say(new Call.Decline(accept.offerIds(), Optional.empty()));
            }
        }
    }
}
