/**
 * Secrets and trust of the scheduler: the key that seals what is persisted, the secrets of each cluster, the
 * certificate authority, the enrolment of executors and the TLS by which the scheduler calls them.
 *
 * <p>Does no network IO and persists nothing but the key file: what is sealed here is stored by others. Nothing in
 * here shows a secret in {@code toString} or in a message.
 */
@NullMarked
package dev.cotton.scheduler.security;

import org.jspecify.annotations.NullMarked;
