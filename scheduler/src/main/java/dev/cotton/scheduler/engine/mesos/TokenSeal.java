package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.model.InstanceId;

/** Seals enrolment tokens for the records, which others may read. Thread-safe. */
public interface TokenSeal {
    /** @return text that says nothing to whoever does not have the key */
    String seal(InstanceId instance, String token);

    /** What was sealed for that instance. */
    String open(InstanceId instance, String sealed);
}
