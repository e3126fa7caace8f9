/**
 * The scheduler's connections to executors: enrolment, one long poll each, commands, renewal of certificates. Mutual TLS
 * on the JDK's HTTP client.
 */
@NullMarked
package dev.cotton.scheduler.link;

import org.jspecify.annotations.NullMarked;
