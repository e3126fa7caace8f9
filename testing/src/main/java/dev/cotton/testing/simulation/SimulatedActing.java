package dev.cotton.testing.simulation;

import dev.cotton.core.control.Deliveries;
import dev.cotton.core.control.Effect;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Trust;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How one leader sends effects: while one is under way for an instance, others are left out, and what was delivered is
 * told again only after a while.
 */
final class SimulatedActing {
    private static final Setup.Accounts NO_SECRETS = new Setup.Accounts("app", "", "");

    private final Surroundings around;
    private final Deliveries deliveries;
    private final Runnable news;
    private final Set<InstanceId> busy = new HashSet<>();

    /** @param news told when an effect was answered or is given up */
    SimulatedActing(Surroundings around, Deliveries deliveries, Runnable news) {
        this.around = around;
        this.deliveries = deliveries;
        this.news = news;
    }

    /** Those of {@code lacking} that are to be sent now. */
    List<Effect> due(List<Effect> lacking) {
        return deliveries.due(lacking);
    }

    void send(ClusterRecord record, Effect effect) {
        if (busy.contains(effect.instance())) {
            return;
        }
        switch (effect) {
            case Effect.Launch launch -> {
                around.engine().apply(record.term(), launch.instance());
                deliveries.delivered(launch);
            }
            case Effect.Release release -> {
                around.engine().release(record.term(), release.instance(), release.disposal());
                deliveries.delivered(release);
            }
            case Effect.Prepare prepare -> {
                Setup setup = new Setup(
                        prepare.stamp(),
                        prepare.slot(),
                        record.spec().durability(),
                        record.member(prepare.instance())
                                .map(member -> member.shape().options())
                                .orElse(Map.of()),
                        NO_SECRETS,
                        prepare.source());
                command(prepare, instance -> instance.setup(setup));
            }
            case Effect.Assign assign -> {
                Assignment assignment = new Assignment(assign.stamp(), assign.role());
                command(assign, instance -> instance.assign(assignment));
            }
            case Effect.Clear clear -> {
                Trust trust = new Trust(clear.stamp(), clear.bootId());
                command(clear, instance -> instance.trust(trust));
            }
        }
    }

    private void command(Effect effect, Consumer<SimulatedInstance> what) {
        busy.add(effect.instance());
        around.network().command(effect.instance(), what, new Network.Sender() {
            @Override
            public void answered() {
                deliveries.delivered(effect);
                failed();
            }

            @Override
            public void failed() {
                busy.remove(effect.instance());
                news.run();
            }
        });
    }
}
