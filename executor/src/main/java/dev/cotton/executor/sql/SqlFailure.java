package dev.cotton.executor.sql;

import java.util.Objects;

/** mysqld refused a statement or a connection, or did not answer in time. The message is fit for people. */
public final class SqlFailure extends RuntimeException {
    /** No connection, or it broke, or no answer came in time. */
    public static final int NO_ANSWER = 0;

    /** A lock was not to be had in time. */
    public static final int LOCK_WAIT_TIMEOUT = 1205;

    private final int code;

    /** @param code MySQL's error number, or {@link #NO_ANSWER} */
    public SqlFailure(int code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** MySQL's error number, or {@link #NO_ANSWER}. */
    public int code() {
        return code;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
