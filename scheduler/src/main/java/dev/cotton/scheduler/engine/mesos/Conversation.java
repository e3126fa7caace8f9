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
import dev.cotton.scheduler.engine.mesos.Tally.Count;
import dev.cotton.scheduler.engine.mesos.Tally.Level;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
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

    /** A role that the master refuses is asked for again after that. */
    private static final Duration REFUSED = Duration.ofMinutes(1);

    private final MesosSettings settings;
    private final Fleet fleet;
    private final EngineRecords<Framework> records;
    private final MesosMaster master;
    private final RoleDemand demand;
    private final Tally tally;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, RoleRefusal> refusedRoles = new HashMap<>();
    private Framework framework;
    private boolean connected;
    private String trouble = "";

    /**
     * The master does not let the framework have a role.
     *
     * @param at by the monotonic clock
     * @param why for people
     */
    private record RoleRefusal(long at, String why) {}

    Conversation(
            MesosSettings settings, Fleet fleet, EngineRecords<Framework> records, MesosMaster master, Tally tally) {
        this.settings = settings;
        this.fleet = fleet;
        this.records = records;
        this.master = master;
        this.demand = new RoleDemand(settings.patience().ownVolume(), System::nanoTime);
        this.tally = tally;
        this.framework = records.load().stream().findFirst().orElseGet(this::first);
        master.roles(framework.allRoles(settings.role()), List.of());
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
        framework = framework.anew(nonce());
        records.save(framework);
    }

    /** Whether there is something to subscribe as. */
    boolean maySubscribe() {
        return trouble.isEmpty();
    }

    private Framework first() {
        Framework created = Framework.first(nonce());
        records.save(created);
        return created;
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** What it is registered as, for the first time or again. */
    String frameworkId() {
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
        joinRoles();
        String role = spec.placement().role().orElse(settings.role());
        if (fleet.wantingRoles().contains(role)) {
            demand.wish(role).ifPresent(this::say);
        }
    }

    void end(InstanceId id, Goal goal) {
        fleet.end(id, goal);
    }

    void subscribed(String frameworkId) {
        LOG.info("Registered with the Mesos master as {}.", frameworkId);
        connected = true;
        tally.add(Count.SUBSCRIPTIONS);
        refusedRoles.clear();
        demand.subscribed(roles());
        fleet.subscribed().forEach(this::say);
    }

    void disconnected(String why) {
        LOG.warn("The Mesos master is not reached: {} Databases go on; nothing is launched or ended meanwhile.", why);
        connected = false;
        tally.add(Count.DISCONNECTIONS);
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
        tally.heard(event, roles());
        fleet.heard(event).forEach(this::say);
        tally.set(Level.OFFERS_OUTSTANDING, fleet.offers().size());
    }

    /** Tells the tally how things stand. */
    private void stand() {
        tally.set(Level.REGISTERED, connected ? 1 : 0);
        tally.set(Level.OFFERS_OUTSTANDING, fleet.offers().size());
        tally.set(Level.INSTANCES_WAITING, fleet.waiting());
        tally.set(Level.INSTANCES_UNREACHABLE, fleet.unreachable());
    }

    void tick() {
        goOn();
        stand();
    }

    private void goOn() {
        List<Call> due = fleet.tick();
        if (!connected) {
            return;
        }
        due.forEach(this::say);
        joinRoles();
        demand.next(fleet.wantingRoles(), fleet.endings()).forEach(this::say);
        if (!fleet.offers().isEmpty()) {
            answerOffers();
        }
        refusedRoles.forEach((role, refusal) -> fleet.withoutRole(role, refusal.why()));
        fleet.noticeSilence();
    }

    /** All roles that the framework takes part in. */
    List<String> roles() {
        return framework.allRoles(settings.role());
    }

    /** Takes part in roles that instances ask for and the framework is not in yet. */
    private void joinRoles() {
        if (connected) {
            fleet.roles().stream()
                    .filter(role -> !roles().contains(role))
                    .filter(role -> Optional.ofNullable(refusedRoles.get(role))
                            .filter(refusal -> System.nanoTime() - refusal.at() < REFUSED.toNanos())
                            .isEmpty())
                    .forEach(this::join);
        }
    }

    private void join(String role) {
        Framework joined = framework.inRole(role);
        try {
            master.roles(joined.allRoles(settings.role()), demand.suppressed());
            records.save(joined);
            framework = joined;
            demand.added(role);
            refusedRoles.remove(role);
            LOG.info("The framework takes part in the role {}.", role);
        } catch (MesosMaster.NotConnectedException later) {
            LOG.debug("The role {} was not asked for: {}", role, later.getMessage());
        } catch (MesosMaster.CallRefusedException refused) {
            LOG.error("The Mesos master does not let this framework have the role {}: {}", role, refused.getMessage());
            refusedRoles.put(
                    role,
                    new RoleRefusal(
                            System.nanoTime(),
                            "The role " + role + " cannot be had: " + refused.getMessage()
                                    + " Have the master allow it, or create the cluster in another role."));
        }
    }

    private void answerOffers() {
        Ownership ownership = new Ownership(settings.principal(), framework.state());
        FrameworkId id = new FrameworkId(framework.frameworkId());
        fleet.cycle(ownership, id, this::nonce).forEach(this::say);
    }

    private void say(Call call) {
        if (!connected) {
            return;
        }
        try {
            master.call(call);
            tally.said(call);
        } catch (MesosMaster.NotConnectedException lost) {
            LOG.debug("{} was not said: {}", call.type(), lost.getMessage());
        } catch (MesosMaster.CallRefusedException refused) {
            tally.add(Count.CALLS_REFUSED);
            LOG.error("The Mesos master refuses {}: {}", call.type(), refused.getMessage());
            if (call instanceof Call.Accept accept) {
                fleet.refused(accept, String.valueOf(refused.getMessage()));
                say(new Call.Decline(accept.offerIds(), Optional.empty()));
            }
        }
    }
}
