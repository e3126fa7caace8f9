package dev.cotton.scheduler.fleet;

import dev.cotton.core.control.Deliveries;
import dev.cotton.core.control.Effect;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Shape;
import dev.cotton.core.port.Engine.InstanceSpec;
import dev.cotton.core.port.Executors.UnreachableException;
import dev.cotton.core.wire.Answer;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.DataKey;
import dev.cotton.core.wire.Replay;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Setup.DataSource;
import dev.cotton.core.wire.Trust;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends effects into the world. Those of one instance go one after the other, those of different instances side by
 * side, so that one that hangs keeps nobody waiting; while some are under way for an instance, later ones are left out:
 * they are derived again from the next observation. Used by the cluster's loop only.
 */
final class Acting {
    private static final Logger LOG = LoggerFactory.getLogger(Acting.class);

    private final Outside outside;
    private final Runnable news;
    private final Set<InstanceId> busy = ConcurrentHashMap.newKeySet();
    private final Deliveries deliveries = new Deliveries(System::nanoTime);
    private final Map<Topic, String> lastSaid = new ConcurrentHashMap<>();

    /** What is said once until something else is: effects of two kinds may go to an instance again and again. */
    private record Topic(InstanceId instance, Class<? extends Effect> kind) {}

    Acting(Outside outside, Runnable news) {
        this.outside = outside;
        this.news = news;
    }

    /** Starts {@code effects}, which follow from {@code record} as it is persisted, and returns at once. */
    void act(ClusterRecord record, List<Effect> effects) {
        Map<InstanceId, List<Effect>> byInstance =
                deliveries.due(effects).stream().collect(Collectors.groupingBy(Effect::instance));
        byInstance.forEach((instance, theirs) -> {
            if (busy.add(instance)) {
                Thread.ofVirtual().name("act-" + instance).start(() -> send(record, instance, theirs));
            }
        });
    }

    private void send(ClusterRecord record, InstanceId instance, List<Effect> effects) {
        try {
            for (Effect effect : effects) {
                say(effect);
                send(record, effect);
                deliveries.delivered(effect);
            }
        } catch (UnreachableException unreachable) {
            LOG.debug("{}: {}", instance, unreachable.getMessage());
        } catch (RuntimeException failed) {
            LOG.warn("{}: an effect failed and is tried again.", instance, failed);
        } finally {
            busy.remove(instance);
            news.run();
        }
    }

    private void say(Effect effect) {
        String before = lastSaid.put(new Topic(effect.instance(), effect.getClass()), effect.why());
        if (!effect.why().equals(before)) {
            LOG.info("{}", effect.why());
        }
    }

    private void send(ClusterRecord record, Effect effect) {
        InstanceId instance = effect.instance();
        switch (effect) {
            case Effect.Launch launch ->
                outside.engine()
                        .apply(new InstanceSpec(
                                instance,
                                record.uid(),
                                shape(record, instance).size(),
                                record.spec().placement(),
                                outside.secrets().enrolmentToken(record, instance)));
            case Effect.Release release -> outside.engine().release(instance, release.disposal());
            case Effect.Prepare prepare ->
                note(
                        instance,
                        outside.executors()
                                .setup(
                                        instance,
                                        new Setup(
                                                prepare.stamp(),
                                                prepare.slot(),
                                                record.spec().durability(),
                                                shape(record, instance).options(),
                                                outside.secrets().accounts(record),
                                                opened(prepare.source()))));
            case Effect.Assign assign ->
                note(instance, outside.executors().assign(instance, new Assignment(assign.stamp(), assign.role())));
            case Effect.Clear clear ->
                note(instance, outside.executors().trust(instance, new Trust(clear.stamp(), clear.bootId())));
        }
    }

    /** With the keys of a backup and of an archive as the executor needs them. */
    private DataSource opened(DataSource source) {
        return source instanceof Setup.Backup(var place, var key, var replay)
                ? new Setup.Backup(place, outside.secrets().backupKey(place, key.wrapped()), replay.map(this::opened))
                : source;
    }

    private Replay opened(Replay sealed) {
        DataKey key =
                outside.secrets().archiveKey(sealed.archive(), sealed.key().wrapped());
        return new Replay(sealed.archive(), key, sealed.target(), sealed.skip());
    }

    private static Shape shape(ClusterRecord record, InstanceId instance) {
        return record.member(instance).map(Member::shape).orElseGet(record.spec()::shape);
    }

    private static void note(InstanceId instance, Answer answer) {
        if (!answer.accepted()) {
            LOG.warn("{} refused a command: {}", instance, answer.why());
        }
    }
}
