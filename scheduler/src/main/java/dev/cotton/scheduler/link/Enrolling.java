package dev.cotton.scheduler.link;

import dev.cotton.core.model.Endpoint;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.wire.Enrolment;
import dev.cotton.core.wire.ExecutorApi;
import dev.cotton.core.wire.Renewal;
import dev.cotton.scheduler.security.Enroller;
import dev.cotton.scheduler.security.SecretException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives one executor its certificate: the first by enrolment, later ones well before the former ends. Used by one
 * thread.
 */
final class Enrolling {
    private static final Logger LOG = LoggerFactory.getLogger(Enrolling.class);
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** A certificate is renewed when less than this is left of it. */
    private static final Duration MARGIN = Duration.ofDays(30);

    /** One that was just enrolled opens its port anew, and need not be asked again. */
    private static final Duration BETWEEN_ENROLMENTS = Duration.ofSeconds(2);

    private static final Duration BETWEEN_RENEWALS = Duration.ofMinutes(10);

    private final Calls calls;
    private final Enroller enroller;
    private final InstantSource wall;
    private final InstanceId id;
    private final Ports ports;
    private final String token;
    private @Nullable X509Certificate replaced;
    private Optional<Long> triedAt = Optional.empty();
    private Optional<Long> enrolledAt = Optional.empty();

    Enrolling(Calls calls, Enroller enroller, InstantSource wall, InstanceId id, Ports ports, String token) {
        this.calls = calls;
        this.enroller = enroller;
        this.wall = wall;
        this.id = id;
        this.ports = ports;
        this.token = token;
    }

    /**
     * Enrols the executor if it waits for that, in plain HTTP. One that is enrolled does not understand the question and
     * hangs up. Nothing is asked for a moment after it was enrolled here.
     *
     * @throws ConnectException when nothing listens there
     * @throws SecretException when who waits there is not the one that the token was given to
     */
    void enrolIfItWaits() throws IOException, InterruptedException {
        if (within(BETWEEN_ENROLMENTS, enrolledAt)) {
            return;
        }
        Enrolment.Request request;
        try {
            request = calls.getOpenly(at(), ExecutorApi.ENROLMENT, Enrolment.Request.class, LIMIT);
        } catch (ConnectException | HttpConnectTimeoutException nobody) {
            throw nobody;
        } catch (IOException enrolledOrMute) {
            LOG.trace("{} does not wait to be enrolled: {}", id, enrolledOrMute.getMessage());
            return;
        }
        Enrolment.Grant grant = enroller.grant(id, ports.address(), token, request);
        calls.putOpenly(at(), ExecutorApi.ENROLMENT, grant, LIMIT);
        enrolledAt = Optional.of(System.nanoTime());
        LOG.info("{} is enrolled.", id);
    }

    /** Renews the certificate that the executor has shown, when it ends soon. A failure is told and tried again later. */
    void renewIfItEnds(X509Certificate shown) throws InterruptedException {
        boolean ends = wall.instant().plus(MARGIN).isAfter(shown.getNotAfter().toInstant());
        // A connection that was opened before shows the certificate of then for as long as it lasts.
        if (!ends || shown.equals(replaced) || within(BETWEEN_RENEWALS, triedAt)) {
            return;
        }
        triedAt = Optional.of(System.nanoTime());
        try {
            Renewal.Request request = calls.get(at(), ExecutorApi.CERTIFICATE, Renewal.Request.class, LIMIT)
                    .body();
            calls.put(at(), ExecutorApi.CERTIFICATE, enroller.renew(id, ports.address(), request), LIMIT);
            replaced = shown;
            LOG.info("{} has a new certificate.", id);
        } catch (IOException | SecretException failed) {
            LOG.warn(
                    "The certificate of {} ends at {} and could not be renewed yet: {}",
                    id,
                    shown.getNotAfter().toInstant(),
                    failed.getMessage());
        }
    }

    private static boolean within(Duration span, Optional<Long> since) {
        return since.filter(then -> System.nanoTime() - then < span.toNanos()).isPresent();
    }

    private Endpoint at() {
        return ports.executorEndpoint();
    }
}
