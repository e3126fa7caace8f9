package dev.cotton.scheduler.rest.edge;

import com.fasterxml.jackson.annotation.Nulls;
import dev.cotton.core.model.Shown;
import dev.cotton.scheduler.rest.resource.ProblemCode;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Reads JSON that a caller wrote: strictly, and with errors that name the field. */
public final class JsonBody {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .changeDefaultNullHandling(handling -> handling.withContentNulls(Nulls.FAIL))
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private JsonBody() {}

    /** The body of {@code ctx}, which has to be {@code application/json}. */
    public static <T> T read(Context ctx, Class<T> type) {
        @Nullable String mediaType = ctx.contentType();
        if (mediaType == null || !mediaType.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw new RequestRefused(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Type",
                    "The body is to be JSON: send it with 'Content-Type: application/json'.");
        }
        return parse(ctx.bodyAsBytes(), type, Optional.empty());
    }

    /** The JSON that a field {@code name} of a form holds. */
    public static <T> T readField(String name, String json, Class<T> type) {
        return parse(json.getBytes(StandardCharsets.UTF_8), type, Optional.of(name));
    }

    private static <T> T parse(byte[] json, Class<T> type, Optional<String> within) {
        try {
            @Nullable T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw notAnObject(within);
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw unknown(e, within);
        } catch (InvalidNullException e) {
            throw wrong(e, within, "null is no value here.");
        } catch (InputCoercionException e) {
            throw wrong(e, within, wanted(e.getTargetType()));
        } catch (MismatchedInputException e) {
            throw e.getPath().isEmpty() ? notAnObject(within) : wrong(e, within, wanted(e.getTargetType()));
        } catch (JacksonException e) {
            throw malformed(e, within);
        }
    }

    private static RequestRefused malformed(JacksonException e, Optional<String> within) {
        @Nullable TokenStreamLocation at = e.getLocation();
        String where = at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
        String sentence = subject(within) + " is not valid JSON, or names a field twice" + where + ".";
        return within.map(field -> new RequestRefused(ProblemCode.MALFORMED_JSON, field, sentence))
                .orElseGet(() -> new RequestRefused(ProblemCode.MALFORMED_JSON, sentence));
    }

    private static RequestRefused unknown(UnrecognizedPropertyException e, Optional<String> within) {
        String path = path(e, within);
        String known =
                e.getKnownPropertyIds().stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
        return new RequestRefused(
                ProblemCode.UNKNOWN_FIELD,
                path,
                "'" + path + "' is not a field of this request; it has " + known + ".");
    }

    private static RequestRefused wrong(JacksonException e, Optional<String> within, String sentence) {
        String path = path(e, within);
        return new RequestRefused(ProblemCode.WRONG_TYPE, path, path + ": " + sentence);
    }

    private static RequestRefused notAnObject(Optional<String> within) {
        String sentence = subject(within) + " is to be one JSON object.";
        return within.map(field -> new RequestRefused(ProblemCode.WRONG_TYPE, field, sentence))
                .orElseGet(() -> new RequestRefused(ProblemCode.WRONG_TYPE, sentence));
    }

    private static String subject(Optional<String> within) {
        return within.map(field -> field + ": the value").orElse("The body");
    }

    private static String wanted(@Nullable Class<?> type) {
        if (type == String.class) {
            return "a string is wanted.";
        }
        if (type == Integer.class || type == int.class) {
            return "a whole number is wanted.";
        }
        return type == Double.class ? "a number is wanted." : "an object is wanted.";
    }

    private static String path(JacksonException e, Optional<String> within) {
        List<String> steps = e.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "" : Shown.of(step.getPropertyName()))
                .toList();
        String path = String.join(".", steps);
        return within.map(field -> field + "." + path).orElse(path);
    }
}
