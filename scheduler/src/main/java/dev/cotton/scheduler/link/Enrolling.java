package dev.cotton.scheduler.link;

import dev.cotton.core.model.Endpoint;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.wire.Enrolment;
import dev.cotton.core.wire.ExecutorApi;
import dev.cotton.core.wire.Renewal;
import dev.cotton.scheduler.security.Enroller;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;

/** Gives one executor its certificate: the first by enrolment, later ones before the former ends. */
record Enrolling(Calls calls, Enroller enroller, InstantSource wall, InstanceId id, Ports ports, String token) {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    /** A certificate is renewed when less than this is left of it. */
    private static final Duration MARGIN = Duration.ofDays(30);

    /** Enrols the executor, which waits for that in plain HTTP. */
    void enrol() throws IOException, InterruptedException {
        Enrolment.Request request = calls.getOpenly(at(), ExecutorApi.ENROLMENT, Enrolment.Request.class, LIMIT);
        Enrolment.Grant grant = enroller.grant(id, ports.address(), token, request);
        calls.putOpenly(at(), ExecutorApi.ENROLMENT, grant, LIMIT);
    }

    boolean ends(X509Certificate certificate) {
        return wall.instant().plus(MARGIN).isAfter(certificate.getNotAfter().toInstant());
    }

    void renew() throws IOException, InterruptedException {
        Renewal.Request request = calls.get(at(), ExecutorApi.CERTIFICATE, Renewal.Request.class, LIMIT)
                .body();
        calls.put(at(), ExecutorApi.CERTIFICATE, enroller.renew(id, ports.address(), request), LIMIT);
    }

    private Endpoint at() {
        return ports.executorEndpoint();
    }
}
