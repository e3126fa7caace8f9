package dev.cotton.scheduler.rest.standby;

import dev.cotton.scheduler.rest.edge.Audit;
import dev.cotton.scheduler.rest.edge.RequestRefused;
import dev.cotton.scheduler.rest.resource.ProblemCode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Passes callers on to the leader. Clients of the original do not follow a redirected POST, so their routes are carried
 * to the leader and back; {@code /api/v1} is answered with 307. Thread-safe.
 */
public final class Standby implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Set<String> ANSWERED_HERE =
            Set.of("/api/v1/health", "/api/v1/version", "/api/v1/openapi.yaml");
    private static final List<String> CARRIED = List.of("Accept", "Authorization", "Content-Type");

    private final Standing standing;
    private final HttpClient client;

    /** @param trust for an {@code https} leader; by default what Java trusts */
    public Standby(Standing standing, Optional<SSLContext> trust) {
        this.standing = standing;
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1);
        trust.ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /** For {@code /api/v1}: sends the caller to the leader unless this scheduler can answer. */
    public void redirect(Context ctx) {
        if (ANSWERED_HERE.contains(ctx.path()) || standing.ready().getAsBoolean()) {
            return;
        }
        String location = leader() + pathAndQuery(ctx);
        Audit.outcome(ctx, "sent to " + location);
        ctx.redirect(location, HttpStatus.TEMPORARY_REDIRECT);
    }

    /** For the original routes: {@code here} when this scheduler can answer, else the leader's answer. */
    public Handler carried(Handler here) {
        return ctx -> {
            if (standing.ready().getAsBoolean()) {
                here.handle(ctx);
            } else {
                carry(ctx, leader());
            }
        };
    }

    private String leader() {
        return standing.otherLeader()
                .orElseThrow(() -> new RequestRefused(
                        ProblemCode.NOT_READY,
                        "No scheduler leads at the moment: one is being elected or loads its state, or ZooKeeper does"
                                + " not answer. Databases go on meanwhile. Ask again in a moment."));
    }

    private void carry(Context ctx, String leader) throws InterruptedException {
        if (ctx.header(Audit.CARRIED_FOR) != null) {
            throw new RequestRefused(ProblemCode.NOT_READY, "The leader is changing just now. Ask again in a moment.");
        }
        Audit.outcome(ctx, "carried to " + leader);
        try {
            HttpResponse<byte[]> answer = client.send(request(ctx, leader), BodyHandlers.ofByteArray());
            ctx.status(answer.statusCode()).result(answer.body());
            answer.headers().firstValue("Content-Type").ifPresent(ctx::contentType);
            answer.headers().firstValue("Retry-After").ifPresent(value -> ctx.header("Retry-After", value));
            answer.headers()
                    .firstValue("Content-Security-Policy")
                    .ifPresent(value -> ctx.header("Content-Security-Policy", value));
        } catch (IOException e) {
            throw new RequestRefused(
                    ProblemCode.NOT_READY,
                    "The leader at " + leader + " does not answer. A request for a change may have reached it all the"
                            + " same: look before asking again.");
        }
    }

    private static HttpRequest request(Context ctx, String leader) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(leader + pathAndQuery(ctx)))
                .timeout(ANSWER)
                .method(ctx.method().name(), BodyPublishers.ofByteArray(ctx.bodyAsBytes()))
                .header(Audit.CARRIED_FOR, ctx.ip());
        for (String name : CARRIED) {
            @Nullable String value = ctx.header(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        return request.build();
    }

    private static String pathAndQuery(Context ctx) {
        @Nullable String query = ctx.queryString();
        return ctx.path() + (query == null ? "" : "?" + query);
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
