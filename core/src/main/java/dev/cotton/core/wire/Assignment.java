package dev.cotton.core.wire;

import dev.cotton.core.model.Stamp;

/** {@code PUT /v1/role}: take this role. Idempotent; refused when {@code stamp} is lower than the highest seen. */
public record Assignment(Stamp stamp, Role role) {}
