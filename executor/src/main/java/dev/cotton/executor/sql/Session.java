package dev.cotton.executor.sql;

import java.util.List;
import java.util.Optional;

/**
 * One connection to mysqld. Every statement has the time limit that the session was opened with; after a statement ran
 * into it the session is dead. For one thread at a time.
 */
public interface Session extends AutoCloseable {
    /**
     * Runs a statement.
     *
     * @param arguments for the question marks of {@code sql}, quoted by the driver: texts, numbers and booleans
     * @throws SqlFailure when mysqld refuses it or does not answer in time
     */
    void execute(String sql, Object... arguments);

    /**
     * Runs a query.
     *
     * @throws SqlFailure when mysqld refuses it or does not answer in time
     */
    List<Row> query(String sql, Object... arguments);

    /** The first row of a query, if it has one. Errors as {@link #query}. */
    default Optional<Row> first(String sql, Object... arguments) {
        return query(sql, arguments).stream().findFirst();
    }

    /** Whether statements may still be sent. */
    boolean usable();

    /** Ends the connection; never throws. */
    @Override
    void close();
}
