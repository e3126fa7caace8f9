package dev.cotton.core.wire;

import dev.cotton.core.model.Stamp;

/**
 * {@code PUT /v1/trust}: this member has received all that the primary had reached after the boot named here, so its
 * relay log counts again. Ignored when {@code bootId} is not the host's.
 */
public record Trust(Stamp stamp, String bootId) {}
