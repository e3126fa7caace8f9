package dev.cotton.scheduler.rest.edge;

import dev.cotton.core.model.Shown;
import dev.cotton.scheduler.rest.resource.ApiJson;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down who asked for which change and what came of it: a line in the log, and one in the audit file where there is
 * one. A caller that the {@link Gate} turned away is in the log only, so that nobody without a right can fill the file.
 * Thread-safe.
 */
public final class Audit implements Handler {
    /** The header by which a standby says whose request it carries; anybody can write it, so nothing but notes follow. */
    public static final String CARRIED_FOR = "Cotton-Carried-For";

    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
    private static final String OUTCOME = "cotton.outcome";

    private final Optional<Path> file;
    private final InstantSource clock;

    /**
     * @param at when it was answered
     * @param remote the caller's address
     * @param carriedFor whose request a standby carried here, as that says
     * @param token the beginning of its digest, or {@code none}
     */
    private record Entry(
            Instant at,
            String remote,
            Optional<String> carriedFor,
            String token,
            String method,
            String path,
            int status,
            String outcome) {}

    public Audit(Optional<Path> file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Says what came of the request, for the log. */
    public static void outcome(Context ctx, String sentence) {
        ctx.attribute(OUTCOME, sentence);
    }

    @Override
    public void handle(Context ctx) {
        if (!Gate.changes(ctx)) {
            return;
        }
        @Nullable String outcome = ctx.attribute(OUTCOME);
        Entry entry = new Entry(
                clock.instant(),
                ctx.ip(),
                Optional.ofNullable(ctx.header(CARRIED_FOR)).map(Shown::of),
                Gate.caller(ctx),
                ctx.method().name(),
                path(ctx),
                ctx.statusCode(),
                outcome == null ? "" : outcome.replaceAll("\\p{Cntrl}", " "));
        LOG.info(
                "{} {} by {} (token {}): {} {}",
                entry.method(),
                entry.path(),
                entry.remote(),
                entry.token(),
                entry.status(),
                entry.outcome());
        if (Gate.passed(ctx)) {
            file.ifPresent(path -> append(path, entry));
        }
    }

    private static String path(Context ctx) {
        return Shown.of(ctx.path()) + ("true".equals(ctx.queryParam("purge")) ? "?purge=true" : "");
    }

    private synchronized void append(Path path, Entry entry) {
        String line = ApiJson.mapper().writeValueAsString(entry) + "\n";
        try (FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            LOG.error("The audit file {} cannot be written; the entry is in this log only", path, e);
        }
    }
}
