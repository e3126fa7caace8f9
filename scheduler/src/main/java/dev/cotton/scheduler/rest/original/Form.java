package dev.cotton.scheduler.rest.original;

import dev.cotton.core.model.Shown;
import dev.cotton.scheduler.rest.edge.RequestRefused;
import dev.cotton.scheduler.rest.resource.ProblemCode;
import io.javalin.http.Context;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of a form, urlencoded or multipart; an empty one counts as absent. */
final class Form {
    private static final long LARGEST = 1 << 20;

    private final Map<String, String> fields;

    private Form(Map<String, String> fields) {
        this.fields = fields;
    }

    /** Reads the form of {@code ctx}; refuses fields but {@code known}, files, and fields that are given twice. */
    static Form read(Context ctx, Set<String> known) {
        Map<String, String> fields = new LinkedHashMap<>();
        given(ctx).forEach((name, values) -> {
            if (!known.contains(name)) {
                throw new RequestRefused(
                        ProblemCode.UNKNOWN_FIELD,
                        Shown.of(name),
                        "'" + Shown.of(name) + "' is not a field of this form; it has "
                                + String.join(", ", known.stream().sorted().toList()) + ".");
            }
            if (values.size() != 1) {
                throw new RequestRefused(
                        ProblemCode.INVALID, name, name + ": give it once, as a field and not as a file.");
            }
            fields.put(name, values.getFirst());
        });
        return new Form(fields);
    }

    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.isEmpty());
    }

    String needed(String name) {
        return field(name).orElseThrow(() -> new RequestRefused(ProblemCode.MISSING, name, name + ": it is needed."));
    }

    private static Map<String, List<String>> given(Context ctx) {
        if (ctx.isMultipartFormData()) {
            return multipart(ctx);
        }
        if (ctx.isFormUrlencoded()) {
            return urlencoded(new String(ctx.bodyAsBytes(), StandardCharsets.UTF_8));
        }
        if (ctx.bodyAsBytes().length == 0) {
            return Map.of();
        }
        throw new RequestRefused(
                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                "Content-Type",
                "The body is to be a form, application/x-www-form-urlencoded or multipart/form-data.");
    }

    private static Map<String, List<String>> multipart(Context ctx) {
        if (ctx.req().getContentLengthLong() > LARGEST) {
            throw new RequestRefused(ProblemCode.TOO_LARGE, "The body is larger than 1 MiB.");
        }
        try {
            return ctx.formParamMap();
        } catch (Exception e) {
            throw malformed();
        }
    }

    private static Map<String, List<String>> urlencoded(String body) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String pair : body.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                fields.computeIfAbsent(name, absent -> new ArrayList<>()).add(value);
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static RequestRefused malformed() {
        return new RequestRefused(ProblemCode.MALFORMED_REQUEST, "The form is malformed, or larger than 1 MiB.");
    }
}
