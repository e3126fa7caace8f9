package dev.cotton.executors;

import dev.cotton.core.model.Ports;
import dev.cotton.testing.executor.TestExecutor;
import dev.cotton.testing.executor.TestInstances;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A database client of a test's, as the cluster's user on an ordinary port. */
final class Client implements AutoCloseable {
    private final Connection connection;

    private Client(Connection connection) {
        this.connection = connection;
    }

    static Client of(TestExecutor executor) throws SQLException {
        return of(executor, TestInstances.USER, TestInstances.PASSWORD, Duration.ofSeconds(30));
    }

    static Client of(TestExecutor executor, String user, String password, Duration limit) throws SQLException {
        Ports ports = executor.config().ports();
        java.util.Properties properties = new java.util.Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("sslMode", "REQUIRED");
        properties.setProperty("connectTimeout", "5000");
        properties.setProperty("socketTimeout", String.valueOf(limit.toMillis()));
        return new Client(DriverManager.getConnection("jdbc:mysql://" + ports.mysqlEndpoint() + "/", properties));
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row, or an empty text. */
    String ask(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? String.valueOf(result.getString(1)) : "";
        }
    }

    /** The first two columns of all rows. */
    Map<String, String> pairs(String sql) throws SQLException {
        Map<String, String> pairs = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                pairs.put(result.getString(1), result.getString(2));
            }
        }
        return pairs;
    }

    /** Runs a statement on a thread of its own; done when mysqld has acknowledged it. */
    CompletableFuture<Void> send(String sql) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        Thread.ofVirtual().name("client").start(() -> {
            try {
                execute(sql);
                acknowledged.complete(null);
            } catch (SQLException failure) {
                acknowledged.completeExceptionally(failure);
            }
        });
        return acknowledged;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
