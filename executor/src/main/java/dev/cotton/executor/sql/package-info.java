/**
 * How the executor speaks SQL to its own mysqld: sessions with limits, and the accounts that Cotton keeps there.
 *
 * <p>The only package that knows JDBC and the driver.
 */
@NullMarked
package dev.cotton.executor.sql;

import org.jspecify.annotations.NullMarked;
