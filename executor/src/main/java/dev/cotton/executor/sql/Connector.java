package dev.cotton.executor.sql;

/** Makes {@link Sessions} for a set of accounts. Thread-safe. */
@FunctionalInterface
public interface Connector {
    /** Sessions of {@link OwnAccounts#ADMIN}. */
    Sessions as(OwnAccounts accounts);
}
