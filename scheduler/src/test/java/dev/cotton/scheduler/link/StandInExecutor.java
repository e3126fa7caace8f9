package dev.cotton.scheduler.link;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.wire.Answer;
import dev.cotton.core.wire.Enrolment;
import dev.cotton.core.wire.ExecutorApi;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.QuarantineEntry;
import dev.cotton.core.wire.QuarantineId;
import dev.cotton.core.wire.Renewal;
import dev.cotton.core.wire.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Speaks the wire as an executor does, on a real port with real mutual TLS, and can misbehave. */
final class StandInExecutor implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final char[] NO_PASSWORD = "none".toCharArray();

    /** What it has in its quarantine. */
    static final QuarantineEntry SAVED = QuarantineEntry.unreadable(QuarantineId.parse("20261122T101530Z-demo-0"), 7);

    /** A command that arrived. */
    record Told(String path, String body) {}

    final InstanceId id;
    final Ports ports;
    final String token;
    final LinkedBlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final KeyPair keys;
    private final ExecutorService threads;
    private Optional<HttpServer> server = Optional.empty();
    private Optional<SSLContext> tls = Optional.empty();
    private Optional<String> authority = Optional.empty();
    private volatile InstanceId claims;
    private volatile boolean hanging;
    private volatile boolean torn;
    private long revision = 1;
    private int polls;

    StandInExecutor(InstanceId id, String token) {
        this.id = id;
        this.claims = id;
        this.token = token;
        this.ports = new Ports("127.0.0.1", 1, freePort(), 3, 4);
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("stand-in-" + id + "-", 0).factory());
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers from now on: plain, for enrolment, while there is no certificate. */
    synchronized StandInExecutor start() {
        try {
            InetSocketAddress address = new InetSocketAddress(ports.address(), ports.executor());
            HttpServer next = tls.isPresent() ? protectedServer(address, tls.get()) : HttpServer.create(address, 0);
            next.setExecutor(threads);
            next.createContext("/", exchange -> {
                try (exchange) {
                    answer(exchange);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
            next.start();
            server = Optional.of(next);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpServer protectedServer(InetSocketAddress address, SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters mutual = getSSLContext().getDefaultSSLParameters();
                mutual.setNeedClientAuth(true);
                parameters.setSSLParameters(mutual);
            }
        });
        return server;
    }

    /** Nothing listens any more; connections break. */
    synchronized void stop() {
        server.ifPresent(running -> running.stop(0));
        server = Optional.empty();
    }

    /** Takes requests and does not answer, or answers again. */
    synchronized void hang(boolean now) {
        hanging = now;
        notifyAll();
    }

    /** Begins answers and does not finish them. */
    void tear() {
        torn = true;
    }

    /** Says from now on that it is another. */
    void claimToBe(InstanceId other) {
        claims = other;
    }

    /** Something has changed. */
    synchronized void change() {
        revision++;
        notifyAll();
    }

    /** How many times its status was asked for. */
    synchronized int polls() {
        return polls;
    }

    /** Uses these from now on; restart it. */
    synchronized void certify(String certificatePem, String authorityPem) {
        authority = Optional.of(authorityPem);
        tls = Optional.of(context(keys, read(certificatePem), read(authorityPem)));
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        waitWhileHanging();
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        switch (exchange.getRequestMethod() + " " + path) {
            case "GET " + ExecutorApi.ENROLMENT -> json(exchange, request());
            case "PUT " + ExecutorApi.ENROLMENT -> {
                Enrolment.Grant grant = JSON.readValue(body, Enrolment.Grant.class);
                certify(grant.certificate(), grant.authority());
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
                Thread.ofVirtual().start(() -> {
                    stop();
                    start();
                });
            }
            case "GET " + ExecutorApi.STATUS ->
                json(exchange, statusAfter(exchange.getRequestURI().getQuery()));
            case "GET " + ExecutorApi.LOG ->
                json(exchange, new ExecutorApi.LogPiece(exchange.getRequestURI().getQuery(), 7));
            case "GET " + ExecutorApi.QUARANTINE -> json(exchange, new ExecutorApi.Quarantined(List.of(SAVED)));
            case "GET " + ExecutorApi.QUARANTINE_TEXT -> {
                byte[] text = exchange.getRequestURI().getQuery().getBytes(ISO_8859_1);
                text[0] = (byte) 0xE9;
                exchange.sendResponseHeaders(200, text.length);
                exchange.getResponseBody().write(text);
            }
            case "DELETE " + ExecutorApi.QUARANTINE -> {
                told.add(new Told(path, exchange.getRequestURI().getQuery()));
                exchange.sendResponseHeaders(204, -1);
            }
            case "GET " + ExecutorApi.CERTIFICATE -> json(exchange, new Renewal.Request(publicKey()));
            case "PUT " + ExecutorApi.CERTIFICATE -> {
                told.add(new Told(path, body));
                certify(JSON.readValue(body, Renewal.Grant.class).certificate(), authority.orElseThrow());
                exchange.sendResponseHeaders(204, -1);
            }
            case "PUT " + ExecutorApi.SETUP, "PUT " + ExecutorApi.ROLE, "PUT " + ExecutorApi.TRUST -> {
                told.add(new Told(path, body));
                json(exchange, new Answer(true, new Stamp(1, 2, 3), ""));
            }
            default -> exchange.sendResponseHeaders(404, -1);
        }
    }

    private synchronized void waitWhileHanging() throws InterruptedException {
        while (hanging) {
            wait();
        }
    }

    private synchronized Status statusAfter(String query) throws InterruptedException {
        polls++;
        if (query != null) {
            long after = Long.parseLong(query.replaceFirst(".*after=([0-9]+).*", "$1"));
            long until = System.nanoTime()
                    + Duration.ofMillis(Long.parseLong(query.replaceFirst(".*wait=([0-9]+).*", "$1")))
                            .toNanos();
            long left = until - System.nanoTime();
            while (revision == after && left > 0) {
                wait(Math.max(1, left / 1_000_000));
                left = until - System.nanoTime();
            }
        }
        waitWhileHanging();
        return status();
    }

    private Status status() {
        return new Status(
                claims,
                revision,
                "test",
                "boot",
                Duration.ofSeconds(1),
                Optional.empty(),
                true,
                Lifecycle.EMPTY,
                "",
                Optional.empty(),
                Stamp.NONE,
                Optional.empty(),
                Optional.empty(),
                Status.Usage.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private void json(HttpExchange exchange, Object value) throws IOException, InterruptedException {
        byte[] body = JSON.writeValueAsBytes(value);
        exchange.sendResponseHeaders(200, body.length);
        if (torn) {
            exchange.getResponseBody().write(body, 0, body.length / 2);
            exchange.getResponseBody().flush();
            hang(true);
            waitWhileHanging();
        }
        exchange.getResponseBody().write(body);
    }

    private Enrolment.Request request() {
        return new Enrolment.Request(claims.toString(), publicKey(), proof("request\n" + claims + "\n" + publicKey()));
    }

    String publicKey() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    private String proof(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(token), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate read(String pem) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a server that shows {@code certificate} and wants clients to have one by {@code trusted}. */
    static SSLContext context(KeyPair keys, X509Certificate certificate, X509Certificate trusted) {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry("own", keys.getPrivate(), NO_PASSWORD, new X509Certificate[] {certificate, trusted});
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
            keyManagers.init(own, NO_PASSWORD);
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            anchors.setCertificateEntry("authority", trusted);
            TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
            trustManagers.init(anchors);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        hang(false);
        stop();
        threads.shutdownNow();
    }
}
