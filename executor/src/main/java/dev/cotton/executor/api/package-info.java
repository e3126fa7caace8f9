/**
 * What an executor answers over the network: its enrolment, the scheduler's orders over mutual TLS, and health for load
 * balancers. Handlers read, call one method of {@link dev.cotton.executor.role.Instance}, and write.
 */
@NullMarked
package dev.cotton.executor.api;

import org.jspecify.annotations.NullMarked;
