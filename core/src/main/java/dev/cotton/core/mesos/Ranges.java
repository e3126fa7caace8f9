package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;

/** Whole numbers, for instance ports. */
@JsonInclude(Include.NON_EMPTY)
public record Ranges(List<Range> range) {
    public Ranges {
        range = Wire.repeated(range);
    }

    /** Both ends belong to it. */
    public record Range(long begin, long end) {}
}
