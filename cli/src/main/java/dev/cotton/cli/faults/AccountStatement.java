package dev.cotton.cli.faults;

import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Instance;
import dev.cotton.cli.writers.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A CREATE USER that waits for its acknowledgement, and holds the lock that every login needs meanwhile. Whether it takes
 * effect is left open, as for every commit that nobody was told about. Used by one thread.
 */
final class AccountStatement {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** Until it is certain that it waits: it has nothing else to do. */
    private static final Duration UNTIL_IT_WAITS = Duration.ofMillis(500);

    private final Connection connection;
    private final Thread thread = Thread.ofVirtual().name("account-statement").unstarted(this::execute);

    private AccountStatement(Connection connection) {
        this.connection = connection;
    }

    /** Logs in at the primary. */
    static AccountStatement at(Cluster cluster, Database database) throws IOException {
        try {
            String primary =
                    cluster.primaryInstance().flatMap(Instance::mysqlEndpoint).orElseThrow();
            return new AccountStatement(database.open(primary, LIMIT));
        } catch (SQLException e) {
            throw new IOException("nobody can log in at the primary: " + e.getMessage(), e);
        }
    }

    /** Returns once it waits; whoever could acknowledge it must not answer. */
    void begin() throws InterruptedException {
        thread.start();
        Thread.sleep(UNTIL_IT_WAITS);
    }

    private void execute() {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE USER IF NOT EXISTS drill_visitor ACCOUNT LOCK");
            statement.execute("DROP USER drill_visitor");
        } catch (SQLException lostWithItsServer) {
            // The next one finds the account there, or not.
        }
    }

    void end() throws InterruptedException {
        thread.interrupt();
        thread.join(LIMIT);
    }
}
