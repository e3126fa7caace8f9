package dev.cotton.core.control;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.port.Engine.Disposal;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Setup.DataSource;

/** Something to be done in the world because of the persisted record. Idempotent. */
public sealed interface Effect {
    /** The instance that it is done to. */
    InstanceId instance();

    /** A sentence for people. */
    String why();

    /** Have the engine give the instance a place. */
    record Launch(InstanceId instance, String why) implements Effect {}

    /** Give the executor what it needs to make data and accounts. */
    record Prepare(InstanceId instance, Stamp stamp, int slot, DataSource source, String why) implements Effect {}

    /** Assign a role. */
    record Assign(InstanceId instance, Stamp stamp, Role role, String why) implements Effect {}

    /** Tell the executor that its relay log counts again. */
    record Clear(InstanceId instance, Stamp stamp, String bootId, String why) implements Effect {}

    /** Have the engine end the instance. */
    record Release(InstanceId instance, Disposal disposal, String why) implements Effect {}
}
