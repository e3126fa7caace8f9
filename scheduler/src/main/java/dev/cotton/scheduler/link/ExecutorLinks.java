package dev.cotton.scheduler.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.port.Executors;
import dev.cotton.core.wire.Answer;
import dev.cotton.core.wire.ArchiveOrder;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.BackupId;
import dev.cotton.core.wire.BackupOrder;
import dev.cotton.core.wire.ExecutorApi;
import dev.cotton.core.wire.QuarantineEntry;
import dev.cotton.core.wire.QuarantineId;
import dev.cotton.core.wire.SchemaChange;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Trust;
import dev.cotton.core.wire.VerificationOrder;
import dev.cotton.scheduler.security.CertificateAuthority;
import dev.cotton.scheduler.security.Enroller;
import dev.cotton.scheduler.security.SchedulerTls;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * {@link Executors} over mutual TLS. Each executor has a thread of its own that polls it and is named after it; commands
 * run on the caller's. Thread-safe.
 */
public final class ExecutorLinks implements Executors {
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(2);

    private final Map<InstanceId, ExecutorLink> links = new ConcurrentHashMap<>();
    private final Places places;
    private final Enroller enroller;
    private final InstantSource wall;

    /** @param authority that executors are enrolled by, and that this scheduler's own certificate is from */
    public ExecutorLinks(CertificateAuthority authority, InstantSource wall) {
        this.enroller = new Enroller(authority);
        this.wall = wall;
        this.places = new Places(new SchedulerTls(authority, wall));
    }

    @Override
    public void watch(InstanceId id, Ports ports, String token, Runnable onNews) {
        links.compute(id, (same, former) -> {
            leave(id, former);
            Calls calls = places.take(ports.executorEndpoint(), id);
            Enrolling enrolling = new Enrolling(calls, enroller, wall, id, ports, token);
            ExecutorLink link = new ExecutorLink(id, ports, enrolling, calls, onNews);
            link.start();
            return link;
        });
    }

    @Override
    public void forget(InstanceId id) {
        links.computeIfPresent(id, (same, link) -> {
            leave(id, link);
            return null;
        });
    }

    private void leave(InstanceId id, @Nullable ExecutorLink link) {
        if (link != null) {
            link.close();
            places.leave(link.ports().executorEndpoint(), id);
        }
    }

    private ExecutorLink link(InstanceId id) {
        ExecutorLink link = links.get(id);
        if (link == null) {
            throw new UnreachableException("Nobody listens to " + id + " now.", null);
        }
        return link;
    }

    @Override
    public Heard heard(InstanceId id) {
        ExecutorLink link = links.get(id);
        return link == null ? new Heard(Optional.empty(), Duration.ZERO, false, "nobody listens to it") : link.heard();
    }

    @Override
    public Answer setup(InstanceId id, Setup setup) {
        return command(id, ExecutorApi.SETUP, setup);
    }

    @Override
    public Answer assign(InstanceId id, Assignment assignment) {
        return command(id, ExecutorApi.ROLE, assignment);
    }

    @Override
    public Answer trust(InstanceId id, Trust trust) {
        return command(id, ExecutorApi.TRUST, trust);
    }

    @Override
    public Answer backUp(InstanceId id, BackupOrder order) {
        return command(id, ExecutorApi.BACKUP, order);
    }

    @Override
    public void cancelBackup(InstanceId id, BackupId backup) {
        delete(id, ExecutorApi.BACKUP + "/" + backup);
    }

    @Override
    public Answer verify(InstanceId id, VerificationOrder order) {
        return command(id, ExecutorApi.VERIFICATION, order);
    }

    @Override
    public Answer archive(InstanceId id, ArchiveOrder order) {
        return command(id, ExecutorApi.ARCHIVE, order);
    }

    @Override
    public void stopArchive(InstanceId id) {
        delete(id, ExecutorApi.ARCHIVE);
    }

    private Answer command(InstanceId id, String path, Object body) {
        ExecutorLink link = link(id);
        return unlessUnreachable(
                id, () -> link.calls().put(link.ports().executorEndpoint(), path, body, Answer.class, COMMAND_LIMIT));
    }

    @Override
    public LogPiece log(InstanceId id, String log, long offset, int limit) {
        String path =
                ExecutorApi.LOG + "?name=" + URLEncoder.encode(log, UTF_8) + "&offset=" + offset + "&limit=" + limit;
        ExecutorApi.LogPiece piece = read(id, path, ExecutorApi.LogPiece.class);
        return new LogPiece(piece.text(), piece.next());
    }

    @Override
    public List<QuarantineEntry> quarantine(InstanceId id) {
        return read(id, ExecutorApi.QUARANTINE, ExecutorApi.Quarantined.class).entries();
    }

    @Override
    public SchemaChange.Found schemaChanges(InstanceId id, Instant after) {
        return read(id, ExecutorApi.SCHEMA_CHANGES + "?after=" + after.toEpochMilli(), SchemaChange.Found.class);
    }

    @Override
    public byte[] quarantineText(InstanceId id, QuarantineId entry, long offset, int limit) {
        String path = ExecutorApi.QUARANTINE_TEXT + "?id=" + entry + "&offset=" + offset + "&limit=" + limit;
        ExecutorLink link = link(id);
        return unlessUnreachable(id, () -> link.calls().bytes(link.ports().executorEndpoint(), path, COMMAND_LIMIT));
    }

    @Override
    public void discard(InstanceId id, QuarantineId entry) {
        delete(id, ExecutorApi.QUARANTINE + "?id=" + entry);
    }

    private void delete(InstanceId id, String path) {
        ExecutorLink link = link(id);
        unlessUnreachable(id, () -> {
            link.calls().delete(link.ports().executorEndpoint(), path, COMMAND_LIMIT);
            return path;
        });
    }

    private <T> T read(InstanceId id, String path, Class<T> type) {
        ExecutorLink link = link(id);
        return unlessUnreachable(
                id,
                () -> link.calls()
                        .get(link.ports().executorEndpoint(), path, type, COMMAND_LIMIT)
                        .body());
    }

    private interface Call<T> {
        T answer() throws IOException, InterruptedException;
    }

    private static <T> T unlessUnreachable(InstanceId id, Call<T> call) {
        try {
            return call.answer();
        } catch (IOException silent) {
            throw new UnreachableException("The executor of " + id + " gave no answer: " + Trouble.of(silent), silent);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("The call to " + id + " was interrupted.", interrupted);
        }
    }

    /** Ends all polls. */
    @Override
    public void close() {
        links.keySet().forEach(this::forget);
        places.close();
    }
}
