package dev.cotton.executor.sql;

import com.mysql.cj.jdbc.Driver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/**
 * Sessions over mysqld's administrative port on loopback, which is open when every ordinary connection is taken. TLS,
 * with a server certificate of the cluster's authority.
 */
public final class JdbcSessions implements Sessions {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);

    /** The longest that MySQL knows. */
    private static final Duration LONGEST_IDLE = Duration.ofDays(365);

    private final int adminPort;
    private final Path trustStore;
    private final String trustStorePassword;
    private final OwnAccounts accounts;
    private volatile boolean listens;

    /**
     * @param trustStore PKCS12 with the cluster authority's certificate and nothing else
     * @param trustStorePassword of {@code trustStore}; keeps no secret
     */
    public JdbcSessions(int adminPort, Path trustStore, String trustStorePassword, OwnAccounts accounts) {
        this.adminPort = adminPort;
        this.trustStore = trustStore;
        this.trustStorePassword = trustStorePassword;
        this.accounts = accounts;
    }

    @Override
    public Session open(Scope scope, Duration limit) {
        knock();
        try {
            Connection connection =
                    new Driver().connect("jdbc:mysql://127.0.0.1:" + adminPort + "/", properties(scope, limit));
            return new JdbcSession(connection);
        } catch (SQLException failure) {
            throw described(failure);
        }
    }

    /** While mysqld starts it is asked often, and it takes the driver long to find that nobody listens. */
    private void knock() {
        if (listens) {
            return;
        }
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), adminPort), (int) CONNECT_LIMIT.toMillis());
            listens = true;
        } catch (IOException nobody) {
            throw new SqlFailure(SqlFailure.NO_ANSWER, "mysqld does not answer: " + reason(nobody), nobody);
        }
    }

    private Properties properties(Scope scope, Duration limit) {
        Properties properties = new Properties();
        properties.setProperty("user", OwnAccounts.ADMIN);
        properties.setProperty("password", accounts.password(OwnAccounts.ADMIN));
        properties.setProperty("sslMode", "VERIFY_CA");
        properties.setProperty("trustCertificateKeyStoreType", "PKCS12");
        properties.setProperty("trustCertificateKeyStoreUrl", trustStore.toUri().toString());
        properties.setProperty("trustCertificateKeyStorePassword", trustStorePassword);
        properties.setProperty("fallbackToSystemTrustStore", "false");
        properties.setProperty("connectTimeout", String.valueOf(Math.min(CONNECT_LIMIT.toMillis(), limit.toMillis())));
        properties.setProperty("socketTimeout", String.valueOf(limit.toMillis()));
        properties.setProperty("sessionVariables", sessionVariables(scope, limit));
        properties.setProperty("connectionTimeZone", "UTC");
        return properties;
    }

    private static String sessionVariables(Scope scope, Duration limit) {
        // A lock is given up before the socket is, so that the session survives with a clear error.
        long lockSeconds = Math.max(1, limit.toSeconds() * 2 / 3);
        return "lock_wait_timeout=" + lockSeconds
                + ",innodb_lock_wait_timeout=" + lockSeconds
                // What the cluster's options say of idle connections and long queries is meant for its clients.
                + ",wait_timeout=" + LONGEST_IDLE.toSeconds()
                + ",max_execution_time=0"
                + ",autocommit=1"
                + (scope == Scope.THIS_SERVER ? ",sql_log_bin=0" : "");
    }

    /** Without the driver's decorations, and without the statement (which may hold a password). */
    static SqlFailure described(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (state.startsWith("08") || failure.getErrorCode() == 0) {
            return new SqlFailure(SqlFailure.NO_ANSWER, "mysqld does not answer: " + reason(failure), failure);
        }
        return new SqlFailure(
                failure.getErrorCode(),
                "mysqld says " + failure.getErrorCode() + ": " + firstLine(String.valueOf(failure.getMessage())),
                failure);
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : firstLine(message);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").strip();
    }
}
