package dev.cotton.scheduler.engine.mesos.artifact;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** GET and HEAD of the artifacts, whole or one part of them. What is sent is read as fast as it is taken. */
final class ArtifactHandler extends Handler.Abstract {
    private final Map<String, Artifact> artifacts;

    ArtifactHandler(List<Artifact> artifacts) {
        this.artifacts = artifacts.stream()
                .collect(Collectors.toUnmodifiableMap(Artifact::path, Function.identity(), (one, same) -> one));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        boolean head = request.getMethod().equals("HEAD");
        if (!head && !request.getMethod().equals("GET")) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            refuse(response, callback, 405, "GET or HEAD.");
            return true;
        }
        Artifact artifact = artifacts.get(request.getHttpURI().getPath());
        if (artifact == null) {
            refuse(response, callback, 404, "There is nothing here.");
        } else if (artifact.unchanged()) {
            answer(artifact, request, response, callback);
        } else {
            refuse(response, callback, 410, "The file has changed or gone since the scheduler was started.");
        }
        return true;
    }

    private static void refuse(Response response, Callback callback, int status, String sentence) {
        byte[] body = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, BufferUtil.toBuffer(body), callback);
    }

    private static void answer(Artifact artifact, Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.ETAG, artifact.tag());
        response.getHeaders().put(HttpHeader.ACCEPT_RANGES, "bytes");
        if (header(request, HttpHeader.IF_NONE_MATCH)
                .filter(artifact.tag()::equals)
                .isPresent()) {
            response.setStatus(304);
            callback.succeeded();
            return;
        }
        switch (wish(artifact, request)) {
            case ByteSpan.Everything() -> send(artifact, new ByteSpan(0, artifact.size()), request, response, callback);
            case ByteSpan.Part(ByteSpan span) -> {
                response.setStatus(206);
                response.getHeaders()
                        .put(
                                HttpHeader.CONTENT_RANGE,
                                "bytes " + span.first() + "-" + span.last() + "/" + artifact.size());
                send(artifact, span, request, response, callback);
            }
            case ByteSpan.Nothing() -> {
                response.getHeaders().put(HttpHeader.CONTENT_RANGE, "bytes */" + artifact.size());
                refuse(response, callback, 416, "The file has " + artifact.size() + " bytes.");
            }
        }
    }

    /** A part is only for who has the rest of this very file. */
    private static ByteSpan.Wish wish(Artifact artifact, Request request) {
        boolean other = header(request, HttpHeader.IF_RANGE)
                .filter(tag -> !tag.equals(artifact.tag()))
                .isPresent();
        return other ? new ByteSpan.Everything() : ByteSpan.of(header(request, HttpHeader.RANGE), artifact.size());
    }

    private static void send(Artifact artifact, ByteSpan span, Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, span.length());
        if (request.getMethod().equals("HEAD") || span.length() == 0) {
            callback.succeeded();
        } else {
            Content.copy(Content.Source.from(artifact.file(), span.first(), span.length()), response, callback);
        }
    }

    private static Optional<String> header(Request request, HttpHeader name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }
}
