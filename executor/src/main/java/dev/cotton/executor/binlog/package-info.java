/**
 * The format of MySQL's binary logs, version 4, as far as transactions have to be told apart: what is in them stays closed. Pure.
 * Sources: MySQL Internals, "Binary Log"; MySQL Source Code Documentation, "mysql::serialization" for tagged GTIDs.
 */
@NullMarked
package dev.cotton.executor.binlog;

import org.jspecify.annotations.NullMarked;
