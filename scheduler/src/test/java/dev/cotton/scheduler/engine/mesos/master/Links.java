package dev.cotton.scheduler.engine.mesos.master;

import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.FrameworkInfo;
import dev.cotton.core.model.Endpoint;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Links with masters on this machine, which end with their test. */
final class Links implements AfterEachCallback {
    static final Timing QUICK = new Timing(Duration.ofSeconds(5), 2, Duration.ofMillis(10), Duration.ofMillis(100));
    static final String RESCIND = "{\"type\":\"RESCIND\",\"rescind\":{\"offer_id\":{\"value\":\"o-1\"}}}";
    static final Call REVIVE = new Call.Revive(List.of());

    /** What all of them told. */
    final Recorder told = new Recorder();

    private Optional<MasterLink> link = Optional.empty();

    static FrameworkInfo framework() {
        return new FrameworkInfo(
                "cotton",
                "cotton",
                Optional.empty(),
                OptionalDouble.of(1_209_600),
                Optional.of(true),
                List.of("cotton"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(new FrameworkInfo.Capability(FrameworkInfo.CapabilityType.MULTI_ROLE)),
                Optional.empty());
    }

    MasterLink link(Timing timing, Optional<Credentials> credentials, Endpoint... masters) {
        MasterLink made = new MasterLink(new MasterSettings(
                new MasterAddress.Listed(Arrays.asList(masters)), Optional.empty(), credentials, framework(), timing));
        link = Optional.of(made);
        return made;
    }

    MasterLink started(Endpoint... masters) {
        MasterLink made = link(QUICK, Optional.empty(), masters);
        made.start(Optional.empty(), told);
        return made;
    }

    MasterLink made() {
        return link.orElseThrow();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        link.ifPresent(MasterLink::close);
    }

    /** Where nobody listens. */
    static Endpoint nobody() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            return new Endpoint("127.0.0.1", taken.getLocalPort());
        }
    }

    static void awaitQuietly(CountDownLatch latch) {
        pause(latch, 10_000);
    }

    static void pause(CountDownLatch latch, long milliseconds) {
        try {
            latch.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
