package dev.cotton.scheduler.engine.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.Event;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.PlacementSpec.DiskType;
import dev.cotton.core.model.Resources;
import dev.cotton.core.port.Engine.InstanceSpec;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Engine.Presence;
import dev.cotton.scheduler.engine.EngineRecords;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** In which roles the framework takes part, as clusters come with roles of their own. */
final class RolesOfFrameworkTest {
    private final Fixtures.Records records = new Fixtures.Records();
    private final Kept kept = new Kept();
    private final Willing master = new Willing();
    private Conversation conversation = conversation();

    private Conversation conversation() {
        Tally tally = new Tally();
        Fleet fleet = new Fleet(Fixtures.settings(true), records, Fixtures.UNSEALED, tally, System::nanoTime);
        return new Conversation(Fixtures.settings(true), fleet, kept, master, tally);
    }

    /** The one record of the framework, in memory. */
    private static final class Kept implements EngineRecords<Framework> {
        private Optional<Framework> stored = Optional.empty();

        @Override
        public List<Framework> load() {
            return stored.stream().toList();
        }

        @Override
        public void save(Framework record) {
            stored = Optional.of(record);
        }

        @Override
        public void remove(String name) {
            stored = Optional.empty();
        }
    }

    /** Takes everything but one role. */
    private static final class Willing implements MesosMaster {
        private final List<List<String>> asked = new ArrayList<>();
        private final List<Call> calls = new ArrayList<>();
        private String forbidden = "";

        @Override
        public void roles(List<String> roles, List<String> suppressed) {
            if (roles.contains(forbidden)) {
                throw new CallRefusedException("The Mesos master did not take UPDATE_FRAMEWORK: 403.");
            }
            asked.add(roles);
        }

        @Override
        public void call(Call call) {
            calls.add(call);
        }

        @Override
        public void start(Optional<String> frameworkId, Listener listener) {
            throw new AssertionError("The engine starts the link.");
        }

        @Override
        public <T> T shown(String path, Reading<T> reading) {
            throw new AssertionError("Nothing else is asked.");
        }

        @Override
        public void close() {
            throw new AssertionError("The engine closes the link.");
        }
    }

    private static InstanceSpec spec(int ordinal, Optional<String> role) {
        return new InstanceSpec(
                Fixtures.id(ordinal),
                "uid-1",
                Resources.ORDINARY,
                new PlacementSpec(false, role, DiskType.ROOT),
                "c2VjcmV0");
    }

    private Place place(int ordinal) {
        return Objects.requireNonNull(conversation.places().get(Fixtures.id(ordinal)));
    }

    @Test
    void takesPartInTheRoleOfAClusterAndWantsOffersThere() {
        conversation.subscribed("framework-1");
        conversation.want(spec(0, Optional.of("web")));

        assertThat(master.asked).containsExactly(List.of("cotton"), List.of("cotton", "web"));
        assertThat(master.calls).endsWith(new Call.Revive(List.of("web")));
        assertThat(kept.stored.orElseThrow().roles()).containsExactly("web");
    }

    @Test
    void subscribesInAllOfThemInAnotherLeadership() {
        conversation.subscribed("framework-1");
        conversation.want(spec(0, Optional.of("web")));
        master.asked.clear();
        conversation = conversation();

        assertThat(master.asked).containsExactly(List.of("cotton", "web"));
        assertThat(conversation.roles()).containsExactly("cotton", "web");
    }

    @Test
    void asksForNoRoleBeforeItIsSubscribed() {
        conversation.want(spec(0, Optional.of("web")));
        assertThat(master.asked).containsExactly(List.of("cotton"));
        conversation.subscribed("framework-1");
        conversation.tick();
        assertThat(master.asked).endsWith(List.of("cotton", "web"));
    }

    @Test
    void saysAtTheInstanceThatItsRoleIsRefusedAndGoesOnInTheOthers() {
        master.forbidden = "web";
        conversation.subscribed("framework-1");
        conversation.want(spec(0, Optional.of("web")));
        conversation.want(spec(1, Optional.empty()));
        conversation.heard(new Event.Offers(List.of(Fixtures.offer("o1", 1, Fixtures.plenty()))));
        conversation.tick();

        assertThat(place(1).host()).isEqualTo("host-1");
        assertThat(place(0).presence()).isEqualTo(Presence.WAITING);
        assertThat(place(0).why()).startsWith("The role web cannot be had: ").contains("403");
        assertThat(master.asked).containsExactly(List.of("cotton"));
        assertThat(master.calls).contains(new Call.Revive(List.of("cotton")));
        assertThat(kept.stored.orElseThrow().roles()).isEmpty();
    }
}
