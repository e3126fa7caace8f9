package dev.cotton.cli.writers;

import dev.cotton.core.model.DataSize;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The table that writers insert into. Nothing in it is unique but a number of its own, so that doubled ids show. */
public final class Ledger {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** Everything that a drill makes in a cluster. */
    public static final String SCHEMA = "drill_ledger";

    private static final String INSERT = "INSERT INTO " + SCHEMA + ".ledger (id, load_of_row) VALUES (?, ?)";
    /** A megabyte of pages: 15 rows in each. */
    private static final String FILL = "INSERT INTO " + SCHEMA + ".filler (filling)"
            + " WITH RECURSIVE rows_made AS (SELECT 1 AS made UNION ALL SELECT made + 1 FROM rows_made WHERE made < 960)"
            + " SELECT CONCAT(RANDOM_BYTES(500), REPEAT('0123456789', 50)) FROM rows_made";

    private static final String LOAD = "x".repeat(100);

    /** What a row takes of a disk at most: its pages, the index, and the events in a binary and a relay log. */
    public static final long ROW_BYTES = 800;

    private Ledger() {}

    /** Makes it. */
    public static void create(Database database, String primary) throws SQLException {
        try (Connection connection = database.open(primary, LIMIT);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + SCHEMA);
            statement.execute("CREATE TABLE " + SCHEMA + ".ledger (entry BIGINT AUTO_INCREMENT PRIMARY KEY,"
                    + " id BIGINT NOT NULL, load_of_row VARCHAR(100) NOT NULL, KEY (id))");
        }
    }

    /**
     * Makes another table in its schema, with rows of which half cannot be compressed.
     *
     * @param size about what that takes; nothing is made when it is less than a megabyte
     */
    public static void fill(Database database, String primary, DataSize size) throws SQLException {
        if (size.megabytes() == 0) {
            return;
        }
        try (Connection connection = database.open(primary, LIMIT);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + SCHEMA
                    + ".filler (entry INT AUTO_INCREMENT PRIMARY KEY, filling VARBINARY(1000) NOT NULL)");
            for (long megabyte = 0; megabyte < size.megabytes(); megabyte++) {
                statement.execute(FILL);
            }
        }
    }

    /** Removes it with its schema. */
    public static void drop(Database database, String primary) throws SQLException {
        try (Connection connection = database.open(primary, LIMIT);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + SCHEMA);
        }
    }

    /** The schemas that are neither MySQL's nor Cotton's. */
    public static List<String> otherSchemas(Database database, String primary) throws SQLException {
        try (Connection connection = database.open(primary, LIMIT);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT schema_name FROM information_schema.schemata"
                        + " WHERE schema_name NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema', 'cotton')"
                        + " ORDER BY schema_name")) {
            List<String> schemas = new ArrayList<>();
            while (result.next()) {
                schemas.add(result.getString(1));
            }
            return schemas;
        }
    }

    static PreparedStatement insert(Connection connection) throws SQLException {
        return connection.prepareStatement(INSERT);
    }

    static void write(PreparedStatement insert, long id) throws SQLException {
        insert.setLong(1, id);
        insert.setString(2, LOAD);
        insert.executeUpdate();
    }

    static String serverOf(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT @@server_uuid")) {
            result.next();
            return result.getString(1);
        }
    }

    /** The ids of at least {@code first} that a member holds. */
    public static Verdict.Rows rows(Database database, String member, long first) throws SQLException {
        Verdict.Rows rows = new Verdict.Rows();
        try (Connection connection = database.open(member, LIMIT);
                Statement statement =
                        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setFetchSize(Integer.MIN_VALUE);
            try (ResultSet result =
                    statement.executeQuery("SELECT id FROM " + SCHEMA + ".ledger WHERE id >= " + first)) {
                while (result.next()) {
                    rows.add(result.getLong(1));
                }
            }
        }
        return rows;
    }
}
