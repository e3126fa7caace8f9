package dev.cotton.executor.role;

import dev.cotton.executor.sql.Sessions;

/**
 * One run of mysqld that has answered.
 *
 * @param processId tells runs apart
 */
record Server(long processId, Sessions sessions) {}
