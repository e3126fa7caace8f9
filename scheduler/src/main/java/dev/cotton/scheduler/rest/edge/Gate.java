package dev.cotton.scheduler.rest.edge;

import dev.cotton.scheduler.rest.resource.ProblemCode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request in, or not. Three questions, in this order:
 *
 * <ol>
 *   <li>Where no token is asked for on loopback, does {@code Host} name loopback? Otherwise a page of some other site may
 *       have had its name resolve to this machine (DNS rebinding).
 *   <li>Does a request that changes something and carries an {@code Origin} come from a page of this very server?
 *   <li>Where tokens are asked for, is there one? In {@code Authorization} as {@code Bearer}, or as the password of
 *       {@code Basic}, which browsers can ask for. Only {@code /api/v1/health} goes without.
 * </ol>
 */
public final class Gate implements Handler {
    /** The one path that needs no token. */
    public static final String HEALTH = "/api/v1/health";

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String PASSED = "cotton.passed";
    private static final String CALLER = "cotton.caller";

    private final Optional<Tokens> tokens;
    private final boolean loopback;
    private final Set<String> ownNames;

    /**
     * @param tokens absent: nobody is asked for one
     * @param loopback whether only this machine reaches the server
     * @param ownNames further names of this server, as in its URL
     */
    public Gate(Optional<Tokens> tokens, boolean loopback, Set<String> ownNames) {
        this.tokens = tokens;
        this.loopback = loopback;
        this.ownNames = Set.copyOf(ownNames);
    }

    @Override
    public void handle(Context ctx) {
        guardAnswer(ctx);
        checkHost(ctx);
        checkOrigin(ctx);
        checkToken(ctx);
        ctx.attribute(PASSED, true);
    }

    /** Whether {@code ctx} was let in. */
    static boolean passed(Context ctx) {
        return Boolean.TRUE.equals(ctx.attribute(PASSED));
    }

    /** Whose token it was, for logs; {@code none} without one. */
    static String caller(Context ctx) {
        @Nullable String caller = ctx.attribute(CALLER);
        return caller == null ? "none" : caller;
    }

    /** Whether {@code ctx} asks for a change. */
    static boolean changes(Context ctx) {
        return switch (ctx.method().name()) {
            case "GET", "HEAD", "OPTIONS" -> false;
            default -> true;
        };
    }

    private static void guardAnswer(Context ctx) {
        ctx.header("Cache-Control", "no-store");
        ctx.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
        ctx.header("Cross-Origin-Resource-Policy", "same-origin");
        ctx.header("Referrer-Policy", "no-referrer");
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("X-Frame-Options", "DENY");
    }

    private void checkHost(Context ctx) {
        if (!loopback || tokens.isPresent()) {
            return;
        }
        String name = withoutPort(header(ctx, "Host"));
        if (!LOOPBACK_NAMES.contains(name) && !ownNames.contains(name)) {
            throw new RequestRefused(
                    ProblemCode.HOST_REFUSED,
                    "Host",
                    "This server answers to localhost only, and the request was for another name."
                            + " Call it by http://localhost, or start it with a token file.");
        }
    }

    private static void checkOrigin(Context ctx) {
        String origin = header(ctx, "Origin");
        if (changes(ctx) && !origin.isEmpty() && !origin.equals(ctx.scheme() + "://" + header(ctx, "Host"))) {
            throw new RequestRefused(
                    ProblemCode.ORIGIN_REFUSED,
                    "Origin",
                    "A page of another site sent this request, so it was not carried out.");
        }
    }

    private void checkToken(Context ctx) {
        if (tokens.isEmpty() || ctx.path().equals(HEALTH)) {
            return;
        }
        Optional<String> caller = token(header(ctx, "Authorization")).flatMap(tokens.get()::identify);
        if (caller.isEmpty()) {
            ctx.res().addHeader("WWW-Authenticate", "Bearer realm=\"cotton\"");
            ctx.res().addHeader("WWW-Authenticate", "Basic realm=\"cotton\", charset=\"UTF-8\"");
            throw new RequestRefused(
                    ProblemCode.UNAUTHENTICATED,
                    "Authorization",
                    "A token is needed: send 'Authorization: Bearer <token>' with a token of the server's token file.");
        }
        ctx.attribute(CALLER, caller.get());
    }

    private static Optional<String> token(String authorization) {
        int space = authorization.indexOf(' ');
        String scheme = space < 0 ? "" : authorization.substring(0, space);
        String value = authorization.substring(space + 1).strip();
        if (scheme.equalsIgnoreCase("Bearer")) {
            return Optional.of(value);
        }
        return scheme.equalsIgnoreCase("Basic") ? basicPassword(value) : Optional.empty();
    }

    private static Optional<String> basicPassword(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return (colon > host.lastIndexOf(']') ? host.substring(0, colon) : host).toLowerCase(java.util.Locale.ROOT);
    }

    private static String header(Context ctx, String name) {
        @Nullable String value = ctx.header(name);
        return value == null ? "" : value;
    }
}
