package dev.cotton.scheduler.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.cotton.core.model.InstanceId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real TLS between a server with an executor's certificate and the scheduler's client. */
final class SchedulerTlsTest {
    private static final InstanceId INSTANCE = InstanceId.parse("demo-0");

    /** Two months ago, so that what is signed while it goes on is valid today. */
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.now().minus(Duration.ofDays(61)));

    private final InstantSource clock = now::get;
    private final CertificateAuthority authority = CertificateAuthority.generate(clock);
    private final SchedulerTls tls = new SchedulerTls(authority, clock);
    private final AtomicInteger served = new AtomicInteger();
    private final BlockingDeque<X509Certificate> callers = new LinkedBlockingDeque<>();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private int serve(CertificateAuthority signer, InstanceId instance, String address)
            throws GeneralSecurityException, IOException {
        KeyPair pair = CertificateAuthority.newKeyPair();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        X509Certificate certificate = signer.issueForInstance(instance, address, pair.getPublic());
        keys.setKeyEntry("key", pair.getPrivate(), new char[0], new X509Certificate[] {certificate});
        keys.setCertificateEntry("authority", authority.certificate());
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
        keyManagers.init(keys, new char[0]);
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
        trustManagers.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return listen(context);
    }

    private int listen(SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters needed = context.getDefaultSSLParameters();
                needed.setNeedClientAuth(true);
                parameters.setSSLParameters(needed);
            }
        });
        server.createContext("/", exchange -> {
            served.incrementAndGet();
            callers.add(
                    (X509Certificate) ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0]);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        opened.add(() -> server.stop(0));
        return server.getAddress().getPort();
    }

    private int call(SSLContext context, String host, int port) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(context)
                .connectTimeout(Duration.ofSeconds(10))
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://" + host + ":" + port + "/"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private SSLContext expecting(InstanceId instance) {
        return tls.clientContext((host, port) -> Optional.of(instance));
    }

    @Test
    void callsTheExpectedInstanceAsTheScheduler() throws Exception {
        int port = serve(authority, INSTANCE, "127.0.0.1");
        SSLContext context = tls.clientContext((host, called) ->
                host.equals("127.0.0.1") && called == port ? Optional.of(INSTANCE) : Optional.empty());

        assertThat(call(context, "127.0.0.1", port)).isEqualTo(204);
        assertThat(callers.getLast().getSubjectX500Principal().getName()).isEqualTo("CN=cotton-scheduler");
    }

    @Test
    void tellsNothingToAnotherInstance() throws Exception {
        int port = serve(authority, InstanceId.parse("demo-1"), "127.0.0.1");

        assertThatThrownBy(() -> call(expecting(INSTANCE), "127.0.0.1", port))
                .isInstanceOf(SSLException.class)
                .hasStackTraceContaining("demo-0 is expected, but the certificate is of CN=demo-1");
        assertThat(served).hasValue(0);
    }

    @Test
    void tellsNothingToAnInstanceOfAnotherAddress() throws Exception {
        int port = serve(authority, INSTANCE, "127.0.0.2");

        assertThatThrownBy(() -> call(expecting(INSTANCE), "127.0.0.1", port)).isInstanceOf(SSLException.class);
        assertThat(served).hasValue(0);
    }

    @Test
    void tellsNothingWhereNobodyIsExpected() throws Exception {
        int port = serve(authority, INSTANCE, "127.0.0.1");
        SSLContext context = tls.clientContext((host, called) -> Optional.empty());

        assertThatThrownBy(() -> call(context, "127.0.0.1", port))
                .isInstanceOf(SSLException.class)
                .hasStackTraceContaining("No instance is expected");
        assertThat(served).hasValue(0);
    }

    @Test
    void trustsNoOtherAuthority() throws Exception {
        int port = serve(CertificateAuthority.generate(clock), INSTANCE, "127.0.0.1");

        assertThatThrownBy(() -> call(expecting(INSTANCE), "127.0.0.1", port)).isInstanceOf(SSLException.class);
        assertThat(served).hasValue(0);
    }

    @Test
    void acceptsAHostName() throws Exception {
        int port = serve(authority, INSTANCE, "localhost");

        assertThat(call(expecting(INSTANCE), "localhost", port)).isEqualTo(204);
    }

    @Test
    void renewsItsOwnCertificateWhileItRuns() throws Exception {
        int port = serve(authority, INSTANCE, "127.0.0.1");
        SSLContext context = expecting(INSTANCE);
        call(context, "127.0.0.1", port);
        X509Certificate first = callers.getLast();

        now.updateAndGet(instant -> instant.plus(Duration.ofDays(59)));
        call(context, "127.0.0.1", port);
        assertThat(callers.getLast()).isEqualTo(first);

        now.updateAndGet(instant -> instant.plus(Duration.ofDays(2)));
        call(expecting(INSTANCE), "127.0.0.1", port);
        assertThat(callers.getLast().getNotAfter()).isAfter(first.getNotAfter());
        assertThat(callers.getLast().getPublicKey()).isEqualTo(first.getPublicKey());
    }
}
