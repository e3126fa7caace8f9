package dev.cotton.executor.api;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.cotton.core.model.Ports;
import dev.cotton.core.wire.ArchiveOrder;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.BackupId;
import dev.cotton.core.wire.BackupOrder;
import dev.cotton.core.wire.ExecutorApi;
import dev.cotton.core.wire.ExecutorConfig;
import dev.cotton.core.wire.QuarantineId;
import dev.cotton.core.wire.Renewal;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Trust;
import dev.cotton.core.wire.VerificationOrder;
import dev.cotton.executor.binlog.SchemaChanges;
import dev.cotton.executor.quarantine.QuarantineFolder;
import dev.cotton.executor.role.Instance;
import dev.cotton.executor.server.DataFolder;
import dev.cotton.executor.server.RotatingLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.security.auth.x500.X500Principal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the scheduler's orders over mutual TLS, and tells it how the instance is; see {@link ExecutorApi}. */
public final class OrderServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OrderServer.class);
    private static final X500Principal SCHEDULER = new X500Principal("CN=cotton-scheduler");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final int LONGEST_PIECE = 1 << 20;
    private static final int USUAL_PIECE = 64 * 1024;

    private final Instance instance;
    private final Identity identity;
    private final DataFolder folder;
    private final QuarantineFolder quarantine;
    private final Web web;

    /**
     * Binds the port; {@link #start} begins to answer.
     *
     * @throws IOException when the port cannot be had
     */
    public OrderServer(Instance instance, Identity identity, DataFolder folder, ExecutorConfig config)
            throws IOException {
        this.instance = instance;
        this.identity = identity;
        this.folder = folder;
        this.quarantine = QuarantineFolder.of(config);
        Ports ports = config.ports();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(ports.address(), ports.executor()), 0);
        server.setHttpsConfigurator(new SchedulersOnly(identity.tls()));
        this.web = new Web("orders", server, this::handle);
    }

    public void start() {
        web.start();
    }

    /** TLS 1.3 with a client certificate. */
    private static final class SchedulersOnly extends HttpsConfigurator {
        SchedulersOnly(SSLContext context) {
            super(context);
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters tls = getSSLContext().getDefaultSSLParameters();
            tls.setProtocols(new String[] {"TLSv1.3"});
            tls.setNeedClientAuth(true);
            parameters.setSSLParameters(tls);
        }
    }

    private void handle(Exchange exchange) throws IOException, InterruptedException {
        if (!exchange.peer().equals(SCHEDULER)) {
            exchange.sentence(403, "Only a scheduler may ask that.");
            return;
        }
        instance.contact().begin();
        try {
            route(exchange);
        } finally {
            instance.contact().end();
        }
    }

    private void route(Exchange exchange) throws IOException, InterruptedException {
        switch (exchange.method() + " " + exchange.path()) {
            case "GET " + ExecutorApi.STATUS -> status(exchange);
            case "PUT " + ExecutorApi.ROLE -> exchange.json(200, instance.assign(exchange.body(Assignment.class)));
            case "PUT " + ExecutorApi.SETUP -> exchange.json(200, instance.setup(exchange.body(Setup.class)));
            case "PUT " + ExecutorApi.TRUST -> exchange.json(200, instance.trust(exchange.body(Trust.class)));
            case "GET " + ExecutorApi.LOG -> log(exchange);
            case "GET " + ExecutorApi.SCHEMA_CHANGES ->
                exchange.json(
                        200,
                        new SchemaChanges(
                                        folder.data().resolve("binlog"),
                                        Instant.ofEpochMilli(exchange.number("after", 0)))
                                .find());
            case "GET " + ExecutorApi.QUARANTINE ->
                exchange.json(200, new ExecutorApi.Quarantined(quarantine.entries()));
            case "GET " + ExecutorApi.QUARANTINE_TEXT -> quarantineText(exchange);
            case "DELETE " + ExecutorApi.QUARANTINE -> discard(exchange);
            case "GET " + ExecutorApi.CERTIFICATE -> exchange.json(200, new Renewal.Request(identity.publicKey()));
            case "PUT " + ExecutorApi.CERTIFICATE -> {
                identity.renew(exchange.body(Renewal.Grant.class).certificate());
                instance.reloadCertificate();
                exchange.nothing();
            }
            case "PUT " + ExecutorApi.BACKUP -> exchange.json(200, instance.backup(exchange.body(BackupOrder.class)));
            case "PUT " + ExecutorApi.ARCHIVE ->
                exchange.json(200, instance.archive(exchange.body(ArchiveOrder.class)));
            case "DELETE " + ExecutorApi.ARCHIVE -> {
                instance.stopArchive();
                exchange.nothing();
            }
            case "PUT " + ExecutorApi.VERIFICATION ->
                exchange.json(200, instance.verify(exchange.body(VerificationOrder.class)));
            default -> other(exchange);
        }
    }

    private void other(Exchange exchange) throws IOException {
        String backup = ExecutorApi.BACKUP + "/";
        String verification = ExecutorApi.VERIFICATION + "/";
        if (exchange.method().equals("DELETE") && exchange.path().startsWith(backup)) {
            instance.cancelBackup(new BackupId(exchange.path().substring(backup.length())));
            exchange.nothing();
        } else if (exchange.method().equals("DELETE") && exchange.path().startsWith(verification)) {
            instance.cancelVerification(new BackupId(exchange.path().substring(verification.length())));
            exchange.nothing();
        } else {
            exchange.sentence(404, "There is nothing at " + exchange.method() + " " + exchange.path() + ".");
        }
    }

    private void status(Exchange exchange) throws IOException, InterruptedException {
        long wait = Math.clamp(exchange.number("wait", 0), 0, LONGEST_WAIT.toMillis());
        exchange.json(200, instance.await(exchange.number("after", -1), Duration.ofMillis(wait)));
    }

    private void log(Exchange exchange) throws IOException {
        String name = exchange.parameter("name").orElse("mysqld");
        RotatingLog log = switch (name) {
            case "mysqld" -> new RotatingLog(folder.mysqldLog());
            case "executor" -> new RotatingLog(folder.executorLog());
            default -> throw new IllegalArgumentException("name: mysqld or executor.");
        };
        int limit = Math.clamp(exchange.number("limit", USUAL_PIECE), 1, LONGEST_PIECE);
        RotatingLog.Piece piece = log.read(exchange.number("offset", 0), limit);
        exchange.json(200, new ExecutorApi.LogPiece(piece.text(), piece.next()));
    }

    private void quarantineText(Exchange exchange) throws IOException {
        QuarantineId id = entry(exchange);
        int limit = Math.clamp(exchange.number("limit", USUAL_PIECE), 1, LONGEST_PIECE);
        Optional<byte[]> piece = quarantine.text(id, exchange.number("offset", 0), limit);
        if (piece.isPresent()) {
            exchange.bytes(200, piece.get());
        } else {
            exchange.sentence(404, "There is no entry " + id + " in the quarantine.");
        }
    }

    private void discard(Exchange exchange) throws IOException {
        QuarantineId id = entry(exchange);
        quarantine.discard(id);
        LOG.warn("The quarantine's entry {} is destroyed, as a person wanted.", id);
        exchange.nothing();
    }

    private static QuarantineId entry(Exchange exchange) {
        return QuarantineId.parse(
                exchange.parameter("id").orElseThrow(() -> new IllegalArgumentException("id: it is needed.")));
    }

    @Override
    public void close() {
        web.close();
    }
}
