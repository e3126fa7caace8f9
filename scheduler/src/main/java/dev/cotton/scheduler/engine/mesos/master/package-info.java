/**
 * The link to the Mesos master: finds the leading one, subscribes the framework, keeps the subscription alive and makes
 * its calls. What an answer or a silence means is decided by {@code Answer} and {@code Backoff}, which are pure.
 *
 * <p>Owns one thread and one HTTP client per link, and with {@code zk://} one session with Mesos' ensemble, in which it
 * only reads. Knows nothing of offers, tasks and records. The framework's secret goes into one header and nowhere else.
 */
@NullMarked
package dev.cotton.scheduler.engine.mesos.master;

import org.jspecify.annotations.NullMarked;
