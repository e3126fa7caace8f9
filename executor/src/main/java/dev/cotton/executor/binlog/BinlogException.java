package dev.cotton.executor.binlog;

import java.io.IOException;

/** What was read is no binary log, or a damaged one, or of a form that is not understood. The message is a clause for people. */
public final class BinlogException extends IOException {
    public BinlogException(String message) {
        super(message);
    }
}
