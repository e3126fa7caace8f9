package dev.cotton.scheduler.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.Event;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster.Refusal;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster.Refusal.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
    private final List<Hopeless> hopeless = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final Admission admission = new Admission(hopeless::add);

    /** A leadership in which the master says this. */
    private void lead(Optional<Reason> refused) {
        admission.watch(new Saying(refused)).start(Optional.empty(), new MesosMaster.Listener() {
            @Override
            public void subscribed(String frameworkId) {}

            @Override
            public void event(Event event) {}

            @Override
            public void disconnected(String why) {}

            @Override
            public void refused(Refusal refusal) {
                refusals.add(refusal);
            }
        });
    }

    /** A link whose master lets it in, or not. */
    private record Saying(Optional<Reason> refused) implements MesosMaster {
        @Override
        public void start(Optional<String> frameworkId, Listener listener) {
            refused.ifPresentOrElse(
                    reason -> listener.refused(new Refusal(reason, "No.")), () -> listener.subscribed("f-1"));
        }

        @Override
        public void roles(List<String> roles, List<String> suppressed) {}

        @Override
        public <T> T shown(String path, Reading<T> reading) {
            throw new AssertionError("Nothing is looked at.");
        }

        @Override
        public void call(Call call) {}

        @Override
        public void close() {}
    }

    @Test
    void thereIsNoHopeWhereTheLoginIsRefusedAtOnce() {
        lead(Optional.of(Reason.UNAUTHORIZED));

        assertThat(hopeless).containsExactly(new Hopeless(Hopeless.Cause.LOGIN, "No."));
        assertThat(refusals).hasSize(1);
    }

    @Test
    void thereIsNoHopeWhereTheSettingsAreRefusedAtOnce() {
        lead(Optional.of(Reason.INVALID));

        assertThat(hopeless).extracting(Hopeless::cause).containsExactly(Hopeless.Cause.SETTINGS);
    }

    @Test
    void whoWasLetInOnceGoesOnToLookAfterItsDatabases() {
        lead(Optional.empty());
        lead(Optional.of(Reason.UNAUTHORIZED));

        assertThat(hopeless).isEmpty();
        assertThat(refusals).hasSize(1);
    }

    @Test
    void aFrameworkThatWasRemovedIsForPeopleToDecide() {
        lead(Optional.of(Reason.REMOVED));
        lead(Optional.of(Reason.FAILED_OVER));

        assertThat(hopeless).isEmpty();
        assertThat(refusals).hasSize(2);
    }
}
