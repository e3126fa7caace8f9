package dev.cotton.scheduler.engine.mesos.survey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.mesos.Call;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.port.Engine.Amounts;
import dev.cotton.core.port.Engine.RoleShare;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster;
import dev.cotton.scheduler.engine.mesos.offer.Need;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is read and when it is believed; the texts are a master's. */
final class SurveyTest {
    private static final String ROLES = "{\"roles\":[{\"name\":\"cook\",\"weight\":1.0,\"quota\":{\"role\":\"cook\","
            + "\"guarantee\":{},\"limit\":{\"cpus\":8.0,\"mem\":4096.0},\"consumed\":{\"cpus\":0.1,\"mem\":32.0}},"
            + "\"resources\":{\"cpus\":4.0,\"disk\":20000.0,\"mem\":8192.0,\"ports\":100.0},\"frameworks\":[\"f-6\"]},"
            + "{\"name\":\"other\",\"weight\":1.0}]}";
    private static final String AGENTS = "{\"slaves\":[{\"id\":\"S0\",\"hostname\":\"127.0.0.1\",\"attributes\":{},"
            + "\"resources\":{\"disk\":20000.0,\"mem\":8192.0,\"gpus\":0.0,\"cpus\":4.0,\"ports\":\"[31000-31099]\"},"
            + "\"unreserved_resources_full\":[{\"name\":\"cpus\"}]}],\"recovered_slaves\":[%s]}";
    private static final Need TOO_LARGE =
            new Need(1, DataSize.ofMegabytes(9000), DataSize.ofMegabytes(1024), Optional.empty(), 4);

    private final AtomicLong clock = new AtomicLong();
    private final Shown master = new Shown();
    private final Survey survey = new Survey(master, () -> List.of("cook", "cotton"), Survey.Pace.ORDINARY, clock::get);

    /** A master of which only what it shows is asked. */
    private static final class Shown implements MesosMaster {
        private final Map<String, String> pages = new HashMap<>();
        private final List<String> asked = new ArrayList<>();

        @Override
        public <T> T shown(String path, Reading<T> reading) {
            asked.add(path);
            try {
                return reading.read(
                        new ByteArrayInputStream(pages.getOrDefault(path, "{}").getBytes(UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void start(Optional<String> frameworkId, Listener listener) {
            throw new AssertionError("A survey does not subscribe.");
        }

        @Override
        public void roles(List<String> roles, List<String> suppressed) {
            throw new AssertionError("A survey changes nothing.");
        }

        @Override
        public void call(Call call) {
            throw new AssertionError("A survey changes nothing.");
        }

        @Override
        public void close() {
            throw new AssertionError("The link is not the survey's.");
        }
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private Optional<String> shortage() {
        return survey.shortage(TOO_LARGE, 1, true);
    }

    @Test
    void readsTheQuotaOfTheRolesThatAreUsed() {
        master.pages.put("/roles", ROLES);
        survey.look();

        assertThat(survey.roles())
                .containsExactly(new RoleShare(
                        "cook",
                        Amounts.NONE,
                        new Amounts(OptionalDouble.of(8), Optional.of(DataSize.ofMegabytes(4096)), Optional.empty()),
                        new Amounts(OptionalDouble.of(0.1), Optional.of(DataSize.ofMegabytes(32)), Optional.empty())));
    }

    @Test
    void saysThatNothingFitsOnlyWhenASecondLookConfirmsTheFirst() {
        master.pages.put("/slaves", AGENTS.formatted(""));
        survey.look();
        assertThat(shortage()).isEmpty();
        pass(Duration.ofSeconds(119));
        survey.look();
        assertThat(shortage()).isEmpty();
        pass(Duration.ofSeconds(2));
        survey.look();
        assertThat(shortage().orElse("")).startsWith("mem: 1 instance of 9000mb");
    }

    @Test
    void saysNothingWhileTheMasterWaitsForAgents() {
        master.pages.put("/slaves", AGENTS.formatted("{\"id\":\"S1\"}"));
        survey.look();
        pass(Duration.ofMinutes(3));
        survey.look();
        pass(Duration.ofMinutes(3));
        survey.look();
        assertThat(shortage()).isEmpty();
    }

    @Test
    void saysNothingOfAFleetWithoutAgents() {
        master.pages.put("/slaves", "{\"slaves\":[],\"recovered_slaves\":[]}");
        survey.look();
        pass(Duration.ofMinutes(3));
        survey.look();
        assertThat(shortage()).isEmpty();
    }

    @Test
    void looksAtAgentsMoreSeldomThanAtRoles() {
        master.pages.put("/slaves", AGENTS.formatted(""));
        survey.look();
        pass(Duration.ofMinutes(2));
        survey.look();
        pass(Duration.ofMinutes(9));
        survey.look();
        assertThat(master.asked).containsExactly("/roles", "/slaves", "/roles", "/slaves", "/roles");
    }
}
