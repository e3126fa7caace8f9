package dev.cotton.scheduler.rest.edge;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Shown;
import dev.cotton.scheduler.rest.resource.ProblemCode;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a URL and headers say. Every method refuses with the name of what is wrong. */
public final class Parameters {
    private Parameters() {}

    /** Refuses every query parameter but {@code known}, and one that is given twice. */
    public static void only(Context ctx, String... known) {
        Set<String> names = Set.of(known);
        ctx.queryParamMap().forEach((name, values) -> {
            if (!names.contains(name)) {
                throw new RequestRefused(
                        ProblemCode.UNKNOWN_FIELD,
                        Shown.of(name),
                        "'" + Shown.of(name) + "' is not a parameter of this path"
                                + (names.isEmpty() ? "; it has none." : "; it has " + listed(known) + "."));
            }
            if (values.size() > 1) {
                throw new RequestRefused(
                        ProblemCode.INVALID, name, name + ": given " + values.size() + " times, and once is enough.");
            }
        });
    }

    public static ClusterName clusterName(Context ctx) {
        return clusterName(ctx.pathParam("name"));
    }

    public static ClusterName clusterName(String text) {
        try {
            return new ClusterName(text);
        } catch (IllegalArgumentException e) {
            throw new RequestRefused(ProblemCode.INVALID, "name", String.valueOf(e.getMessage()));
        }
    }

    public static InstanceId instanceId(Context ctx) {
        try {
            return InstanceId.parse(ctx.pathParam("id"));
        } catch (IllegalArgumentException e) {
            throw new RequestRefused(ProblemCode.INVALID, "id", String.valueOf(e.getMessage()));
        }
    }

    /** {@code true} or {@code false}; false when absent. */
    public static boolean flag(Context ctx, String name) {
        String value = text(ctx, name).orElse("false");
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new RequestRefused(
                        ProblemCode.INVALID, name, name + ": true or false, not '" + Shown.of(value) + "'.");
        };
    }

    /** A whole number from {@code least} to {@code most}. */
    public static long number(Context ctx, String name, long absent, long least, long most) {
        Optional<String> text = text(ctx, name);
        try {
            long value = text.map(Long::parseLong).orElse(absent);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number out of bounds.
        }
        throw new RequestRefused(
                ProblemCode.INVALID,
                name,
                name + ": a whole number" + bounds(least, most) + ", not '" + Shown.of(text.orElse("")) + "'.");
    }

    private static String bounds(long least, long most) {
        if (most < Long.MAX_VALUE) {
            return " from " + least + " to " + most;
        }
        return least > Long.MIN_VALUE ? " from " + least : "";
    }

    /** One of {@code words}; the first when absent. */
    public static String word(Context ctx, String name, String... words) {
        String value = text(ctx, name).orElse(words[0]);
        if (!List.of(words).contains(value)) {
            throw new RequestRefused(
                    ProblemCode.INVALID, name, name + ": " + listed(words) + ", not '" + Shown.of(value) + "'.");
        }
        return value;
    }

    /** Refuses a body where none belongs. */
    public static void noBody(Context ctx) {
        if (ctx.bodyAsBytes().length > 0) {
            throw new RequestRefused(ProblemCode.UNKNOWN_FIELD, "body", "This request takes no body.");
        }
    }

    /** The value of {@code Idempotency-Key}. */
    public static Optional<String> idempotencyKey(Context ctx) {
        @Nullable String key = ctx.header("Idempotency-Key");
        if (key != null && !key.matches("[!-~]{1,128}")) {
            throw new RequestRefused(
                    ProblemCode.INVALID, "Idempotency-Key", "Idempotency-Key: 1 to 128 visible ASCII characters.");
        }
        return Optional.ofNullable(key);
    }

    private static Optional<String> text(Context ctx, String name) {
        return Optional.ofNullable(ctx.queryParam(name));
    }

    private static String listed(String... words) {
        return String.join(" or ", words);
    }
}
