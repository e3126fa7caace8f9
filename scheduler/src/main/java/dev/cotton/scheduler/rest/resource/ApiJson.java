package dev.cotton.scheduler.rest.resource;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Locale;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/** How the API writes JSON: words of an enum as {@code in-sync}, absent values left out, times and spans as ISO-8601. */
public final class ApiJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .annotationIntrospector(new KebabCaseEnums())
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(Include.NON_ABSENT))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ApiJson() {}

    /** Reads and writes every record of this package; ignores fields that it does not know. Thread-safe. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** The word that the API has for {@code value}, for instance {@code in-sync}. */
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static final class KebabCaseEnums extends JacksonAnnotationIntrospector {
        @Override
        public String[] findEnumValues(
                MapperConfig<?> config, AnnotatedClass annotated, Enum<?>[] values, String[] names) {
            for (int i = 0; i < values.length; i++) {
                names[i] = word(values[i]);
            }
            return names;
        }
    }
}
