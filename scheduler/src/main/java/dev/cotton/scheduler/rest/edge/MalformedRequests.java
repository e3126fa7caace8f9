package dev.cotton.scheduler.rest.edge;

import dev.cotton.scheduler.rest.resource.ApiJson;
import dev.cotton.scheduler.rest.resource.Problem;
import dev.cotton.scheduler.rest.resource.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what is refused before any route is looked for: requests that are not HTTP as they should be. */
public final class MalformedRequests extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        ProblemCode code = switch (response.getStatus()) {
            case 413 -> ProblemCode.TOO_LARGE;
            case 500 -> ProblemCode.INTERNAL;
            default -> ProblemCode.MALFORMED_REQUEST;
        };
        String detail = switch (code) {
            case TOO_LARGE -> "The body is larger than 1 MiB.";
            case INTERNAL -> "The scheduler failed on this request. Its log says more.";
            default -> "The request cannot be read: its path, its headers or its form are malformed.";
        };
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        Problem problem = Problem.of(code, Optional.empty(), detail);
        byte[] body = ApiJson.mapper().writeValueAsString(problem).getBytes(StandardCharsets.UTF_8);
        Content.Sink.write(response, true, new String(body, StandardCharsets.UTF_8), callback);
        return true;
    }
}
