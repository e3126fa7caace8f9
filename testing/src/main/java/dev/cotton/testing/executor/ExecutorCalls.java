package dev.cotton.testing.executor;

import dev.cotton.core.model.Endpoint;
import dev.cotton.core.wire.Answer;
import dev.cotton.core.wire.ArchiveOrder;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.BackupOrder;
import dev.cotton.core.wire.Enrolment;
import dev.cotton.core.wire.ExecutorApi;
import dev.cotton.core.wire.QuarantineEntry;
import dev.cotton.core.wire.Renewal;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Status;
import dev.cotton.core.wire.Trust;
import dev.cotton.core.wire.VerificationOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import tools.jackson.databind.json.JsonMapper;

/** Calls one executor as a scheduler would. Thread-safe. */
public final class ExecutorCalls {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LIMIT = Duration.ofSeconds(25);

    private final Endpoint endpoint;
    private final HttpClient client;

    /** @param tls what the caller presents and trusts */
    public ExecutorCalls(Endpoint endpoint, SSLContext tls) {
        this.endpoint = endpoint;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .connectTimeout(LIMIT)
                .build();
    }

    /** Enrols the executor, which waits for that. */
    public void enrol(TestAuthority authority, String token) {
        Enrolment.Request request = JSON.readValue(
                send("http", request(ExecutorApi.ENROLMENT).GET()).body(), Enrolment.Request.class);
        String certificate = authority.sign(request.instance(), endpoint.host(), request.publicKey());
        String proof = proof(token, "grant\n" + certificate + "\n" + authority.certificate());
        HttpResponse<String> answer = enrolment(new Enrolment.Grant(certificate, authority.certificate(), proof));
        if (answer.statusCode() != 204) {
            throw new IllegalStateException("Enrolment was refused: " + answer.body());
        }
    }

    /** Sends any grant. */
    public HttpResponse<String> enrolment(Enrolment.Grant grant) {
        return send(
                "http", request(ExecutorApi.ENROLMENT).PUT(BodyPublishers.ofString(JSON.writeValueAsString(grant))));
    }

    /** HMAC-SHA-256 of {@code text} by {@code token}, both as {@link Enrolment} has them. */
    public static String proof(String token, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(token), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public Status status() {
        return JSON.readValue(get(ExecutorApi.STATUS).body(), Status.class);
    }

    /** The long poll. */
    public Status status(long after, Duration wait) {
        return JSON.readValue(
                get(ExecutorApi.STATUS + "?after=" + after + "&wait=" + wait.toMillis())
                        .body(),
                Status.class);
    }

    public Answer setup(Setup setup) {
        return JSON.readValue(put(ExecutorApi.SETUP, setup).body(), Answer.class);
    }

    public Answer assign(Assignment assignment) {
        return JSON.readValue(put(ExecutorApi.ROLE, assignment).body(), Answer.class);
    }

    public Answer trust(Trust trust) {
        return JSON.readValue(put(ExecutorApi.TRUST, trust).body(), Answer.class);
    }

    public Answer backup(BackupOrder order) {
        return JSON.readValue(put(ExecutorApi.BACKUP, order).body(), Answer.class);
    }

    public Answer archive(ArchiveOrder order) {
        return JSON.readValue(put(ExecutorApi.ARCHIVE, order).body(), Answer.class);
    }

    public Answer verify(VerificationOrder order) {
        return JSON.readValue(put(ExecutorApi.VERIFICATION, order).body(), Answer.class);
    }

    /** The key for which the executor wants a certificate. */
    public Renewal.Request renewal() {
        return JSON.readValue(get(ExecutorApi.CERTIFICATE).body(), Renewal.Request.class);
    }

    /** The certificate that the executor presents on a connection of its own, PEM. */
    public String presented(String path) {
        try {
            byte[] encoded = get(path)
                    .sslSession()
                    .orElseThrow()
                    .getPeerCertificates()[0]
                    .getEncoded();
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                    + "\n-----END CERTIFICATE-----\n";
        } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> get(String path) {
        return send("https", request(path).GET());
    }

    /** What the executor has of its cluster's saved transactions. */
    public List<QuarantineEntry> quarantine() {
        return JSON.readValue(get(ExecutorApi.QUARANTINE).body(), ExecutorApi.Quarantined.class)
                .entries();
    }

    public HttpResponse<String> delete(String path) {
        return send("https", request(path).DELETE());
    }

    /** PUT of {@code value} in JSON. */
    public HttpResponse<String> put(String path, Object value) {
        return send("https", request(path).PUT(BodyPublishers.ofString(JSON.writeValueAsString(value))));
    }

    /** PUT of a body as it is. */
    public HttpResponse<String> putText(String path, String body) {
        return send("https", request(path).PUT(BodyPublishers.ofString(body)));
    }

    /** @throws UncheckedIOException when nobody answers */
    public HttpResponse<String> plain(String path) {
        return send("http", request(path).GET());
    }

    private record Call(HttpRequest.Builder builder, String path) {
        Call GET() {
            return new Call(builder.GET(), path);
        }

        Call DELETE() {
            return new Call(builder.DELETE(), path);
        }

        Call PUT(HttpRequest.BodyPublisher body) {
            return new Call(builder.PUT(body), path);
        }
    }

    private static Call request(String path) {
        return new Call(HttpRequest.newBuilder().timeout(LIMIT), path);
    }

    private HttpResponse<String> send(String scheme, Call call) {
        try {
            return client.send(
                    call.builder()
                            .uri(URI.create(scheme + "://" + endpoint + call.path()))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
