package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;

/** Words in no order: {@code Value.Set} of the schema. */
@JsonInclude(Include.NON_EMPTY)
public record Values(List<String> item) {
    public Values {
        item = Wire.repeated(item);
    }
}
