package dev.cotton.executor.sql;

/**
 * The account that the owner of a cluster gets: everything with data, schemas and users; nothing that could break the
 * promise that no acknowledged commit is lost (read-only flags, semi-sync, replication, GTIDs, Cotton's own accounts
 * and schema). Needs {@code partial_revokes}.
 */
public final class ClusterUser {
    private static final String DATA_PRIVILEGES = "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, REFERENCES, INDEX,"
            + " ALTER, CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, CREATE VIEW, SHOW VIEW, CREATE ROUTINE,"
            + " ALTER ROUTINE, EVENT, TRIGGER";

    /** Names that every release since 8.0.30 knows. */
    private static final String STATIC_PRIVILEGES =
            DATA_PRIVILEGES + ", PROCESS, SHOW DATABASES, REPLICATION CLIENT, CREATE USER, CREATE ROLE, DROP ROLE";

    /** MySQL 8.0 calls {@code SET_ANY_DEFINER} otherwise. */
    private static final String DYNAMIC_PRIVILEGES =
            "APPLICATION_PASSWORD_ADMIN, SET_ANY_DEFINER, SHOW_ROUTINE, XA_RECOVER_ADMIN, ROLE_ADMIN";

    /** What the account holds everywhere but in {@code mysql} and in Cotton's schema, with the right to grant it. */
    static final String PRIVILEGES = STATIC_PRIVILEGES + ", " + DYNAMIC_PRIVILEGES;

    private ClusterUser() {}

    /**
     * Makes the account, or completes one that was half made. What this changes goes to the binary log.
     *
     * @param session of {@link Sessions.Scope#CLUSTER}
     */
    public static void ensure(Session session, String user, String password) {
        session.execute("CREATE USER IF NOT EXISTS ?@'%' IDENTIFIED BY ?", user, password);
        session.execute("GRANT " + PRIVILEGES + " ON *.* TO ?@'%' WITH GRANT OPTION", user);
        session.execute("REVOKE " + DATA_PRIVILEGES + " ON mysql.* FROM ?@'%'", user);
        session.execute("REVOKE " + DATA_PRIVILEGES + " ON " + CottonSchema.NAME + ".* FROM ?@'%'", user);
    }

    /** Gives the account another password; written to the binary log. */
    public static void changePassword(Session session, String user, String password) {
        session.execute("ALTER USER ?@'%' IDENTIFIED BY ?", user, password);
    }
}
