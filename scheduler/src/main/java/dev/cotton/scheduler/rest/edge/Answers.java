package dev.cotton.scheduler.rest.edge;

import dev.cotton.core.port.StateStore.StateException;
import dev.cotton.scheduler.fleet.Refusal;
import dev.cotton.scheduler.rest.resource.ApiJson;
import dev.cotton.scheduler.rest.resource.Problem;
import dev.cotton.scheduler.rest.resource.ProblemCode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How errors are answered: as problems (RFC 9457) under {@code /api/v1}, elsewhere as a sentence of plain text, which is
 * what clients of the original read.
 */
public final class Answers {
    private static final long MOST_PASSED_OVER = 8L << 20;
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final String API = "/api/v1";
    private static final String WHEN_A_LEADER_MAY_BE_READY = "2";
    private static final String WHEN_ATTEMPTS_ARE_FORGOTTEN = "30";

    private Answers() {}

    /** Registers an answer for everything that a handler can throw. */
    public static void register(RoutesConfig routes) {
        routes.exception(
                RequestRefused.class, (refused, ctx) -> answer(ctx, refused.code(), refused.field(), message(refused)));
        routes.exception(Refusal.class, Answers::refusal);
        routes.exception(
                StateException.class, (e, ctx) -> answer(ctx, ProblemCode.NOT_READY, Optional.empty(), message(e)));
        routes.exception(HttpResponseException.class, Answers::http);
        routes.exception(Exception.class, Answers::fault);
    }

    private static void refusal(Refusal refusal, Context ctx) {
        ProblemCode code = switch (refusal.code()) {
            case INVALID -> ProblemCode.INVALID;
            case NOT_FOUND -> ProblemCode.NOT_FOUND;
            case EXISTS -> ProblemCode.EXISTS;
            case FORBIDDEN -> ProblemCode.FORBIDDEN;
            case DOES_NOT_FIT -> ProblemCode.DOES_NOT_FIT;
            case CONFLICT -> ProblemCode.CONFLICT;
            case UNREACHABLE -> ProblemCode.INSTANCE_UNREACHABLE;
            case NOT_READY -> ProblemCode.NOT_READY;
        };
        Optional<String> field = refusal.field().isEmpty() ? Optional.empty() : Optional.of(refusal.field());
        answer(ctx, code, field, message(refusal));
    }

    private static void http(HttpResponseException e, Context ctx) {
        switch (e.getStatus()) {
            case 404 -> answer(ctx, ProblemCode.NO_SUCH_ROUTE, Optional.empty(), "There is nothing at this path.");
            case 405 -> {
                String allowed = String.join(", ", e.getDetails().values());
                ctx.header("Allow", allowed);
                answer(
                        ctx,
                        ProblemCode.METHOD_NOT_ALLOWED,
                        Optional.empty(),
                        "This path knows " + allowed + ", not " + ctx.method().name() + ".");
            }
            case 413 -> tooLarge(ctx);
            default -> answer(ctx, ProblemCode.MALFORMED_REQUEST, Optional.empty(), "The request cannot be read.");
        }
    }

    /** Answers that the body is too large. */
    static void tooLarge(Context ctx) {
        answer(ctx, ProblemCode.TOO_LARGE, Optional.empty(), "The body is larger than 1 MiB.");
    }

    private static void fault(Exception e, Context ctx) {
        LOG.error("A request failed: {} {}", ctx.method().name(), ctx.path(), e);
        answer(
                ctx,
                ProblemCode.INTERNAL,
                Optional.empty(),
                "The scheduler failed on this request. Its log says more; look at the state before asking again.");
    }

    private static void answer(Context ctx, ProblemCode code, Optional<String> field, String detail) {
        Audit.outcome(ctx, ApiJson.word(code) + ": " + detail);
        ctx.status(code.status());
        if (bodyIsUnread(ctx)) {
            ctx.header("Connection", "close");
            passOver(ctx);
        }
        if (code == ProblemCode.NOT_READY) {
            ctx.header("Retry-After", WHEN_A_LEADER_MAY_BE_READY);
        } else if (code == ProblemCode.TOO_MANY_ATTEMPTS) {
            ctx.header("Retry-After", WHEN_ATTEMPTS_ARE_FORGOTTEN);
        }
        if (ctx.path().equals(API) || ctx.path().startsWith(API + "/")) {
            byte[] problem = ApiJson.mapper().writeValueAsBytes(Problem.of(code, field, detail));
            ctx.contentType("application/problem+json").result(problem);
        } else {
            ctx.contentType("text/plain; charset=utf-8").result(detail + "\n");
        }
    }

    /** Whether a body is left that the connection cannot go on after, so that the caller has to be told. */
    private static boolean bodyIsUnread(Context ctx) {
        boolean sent = ctx.req().getContentLengthLong() > 0 || ctx.header("Transfer-Encoding") != null;
        try {
            return sent && !ctx.req().getInputStream().isFinished();
        } catch (IOException e) {
            return true;
        }
    }

    /** Reads on for a while: a caller who still sends when the connection ends may not see why. */
    private static void passOver(Context ctx) {
        try {
            ctx.req().getInputStream().skip(MOST_PASSED_OVER);
        } catch (IOException e) {
            LOG.debug("The rest of a refused body does not come.", e);
        }
    }

    private static String message(Exception e) {
        return String.valueOf(e.getMessage());
    }
}
