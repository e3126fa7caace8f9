package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonCreator;

/** Which field of a resource or an attribute has its value. */
public enum ValueType {
    SCALAR,
    RANGES,
    SET,
    TEXT,
    UNRECOGNIZED;

    @JsonCreator
    static ValueType read(String name) {
        return Wire.constant(ValueType.class, name, UNRECOGNIZED);
    }
}
