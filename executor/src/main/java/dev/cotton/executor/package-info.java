/**
 * The executor: one small process per instance. It supervises one mysqld, reports what it sees and does what it is told;
 * it decides nothing about the cluster. It may depend on core only.
 */
@NullMarked
package dev.cotton.executor;

import org.jspecify.annotations.NullMarked;
