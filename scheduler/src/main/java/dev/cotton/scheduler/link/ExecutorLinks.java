package dev.cotton.scheduler.link;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.port.Executors;
import dev.cotton.core.wire.Answer;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.ExecutorApi;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Trust;
import dev.cotton.scheduler.security.CertificateAuthority;
import dev.cotton.scheduler.security.Enroller;
import dev.cotton.scheduler.security.SchedulerTls;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@link Executors} over mutual TLS. Each executor has a thread of its own that polls it and is named after it; commands
 * run on the caller's. Thread-safe.
 */
public final class ExecutorLinks implements Executors {
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(2);

    private final Map<InstanceId, ExecutorLink> links = new ConcurrentHashMap<>();
    private final Calls calls;
    private final Enroller enroller;
    private final InstantSource wall;

    /** @param authority that executors are enrolled by, and that this scheduler's own certificate is from */
    public ExecutorLinks(CertificateAuthority authority, InstantSource wall) {
        this.enroller = new Enroller(authority);
        this.wall = wall;
        this.calls = new Calls(new SchedulerTls(authority, wall).clientContext(this::at));
    }

    private Optional<InstanceId> at(String host, int port) {
        return links.values().stream()
                .filter(link ->
                        link.ports().address().equals(host) && link.ports().executor() == port)
                .map(ExecutorLink::id)
                .findFirst();
    }

    @Override
    public void watch(InstanceId id, Ports ports, String token, Runnable onNews) {
        links.compute(id, (key, former) -> {
            if (former != null) {
                former.close();
            }
            return new ExecutorLink(id, ports, new Enrolling(calls, enroller, wall, id, ports, token), calls, onNews);
        });
        link(id).start();
    }

    @Override
    public void forget(InstanceId id) {
        ExecutorLink link = links.remove(id);
        if (link != null) {
            link.close();
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

    private Answer command(InstanceId id, String path, Object body) {
        return unlessUnreachable(
                id, () -> calls.put(link(id).ports().executorEndpoint(), path, body, Answer.class, COMMAND_LIMIT));
    }

    @Override
    public LogPiece log(InstanceId id, String log, long offset, int limit) {
        String path = ExecutorApi.LOG + "?name=" + log + "&offset=" + offset + "&limit=" + limit;
        ExecutorApi.LogPiece piece = unlessUnreachable(
                id,
                () -> calls.get(link(id).ports().executorEndpoint(), path, ExecutorApi.LogPiece.class, COMMAND_LIMIT)
                        .body());
        return new LogPiece(piece.text(), piece.next());
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
        links.values().forEach(ExecutorLink::close);
        links.clear();
        calls.close();
    }
}
