package dev.cotton.cli.writers;

import com.mysql.cj.jdbc.Driver;
import dev.cotton.cli.client.Answers;
import dev.cotton.cli.client.SchedulerClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executor;

/** Connections to the members of one cluster as its user, over TLS with the authority verified. Thread-safe. */
public final class Database {
    /** Protects nothing: a trust store holds no secret, but its format wants a password. */
    private static final String NO_SECRET = "changeit";

    /** For a login: several round trips and the cryptography of TLS, which a busy machine takes its time for. */
    private static final Duration LOGIN_LIMIT = Duration.ofSeconds(3);

    private static final Executor AT_ONCE = Runnable::run;

    private final String user;
    private final String password;
    private final Path trustStore;
    private final Optional<String> from;

    private Database(String user, String password, Path trustStore, Optional<String> from) {
        this.user = user;
        this.password = password;
        this.trustStore = trustStore;
        this.from = from;
    }

    /**
     * @param authority who signed the servers' certificates, in PEM
     * @param trustStore the file that is made of it
     */
    public static Database of(String user, String password, String authority, Path trustStore) throws IOException {
        try (OutputStream file = Files.newOutputStream(trustStore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(authority.getBytes(StandardCharsets.UTF_8)))) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            store.store(file, NO_SECRET.toCharArray());
            return new Database(user, password, trustStore, Optional.empty());
        } catch (GeneralSecurityException e) {
            throw new IOException("The authority's certificate cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * To a cluster.
     *
     * @param folder for the file that is made of the authority's certificate
     */
    public static Database of(SchedulerClient client, String cluster, Path folder) throws IOException {
        Answers.Credentials credentials = client.credentials(cluster).value();
        return of(
                credentials.user(),
                credentials.password(),
                client.certificateAuthority(),
                folder.resolve(cluster + ".p12"));
    }

    /** The same, connected to from an address of this machine. */
    public Database from(String address) {
        return new Database(user, password, trustStore, Optional.of(address));
    }

    /**
     * Connects. On a virtual thread an interrupt ends that at once.
     *
     * @param endpoint {@code <address>:<port>}
     * @param limit for each answer once it is connected
     */
    public Connection open(String endpoint, Duration limit) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("sslMode", "VERIFY_CA");
        properties.setProperty("trustCertificateKeyStoreType", "PKCS12");
        properties.setProperty("trustCertificateKeyStoreUrl", trustStore.toUri().toString());
        properties.setProperty("trustCertificateKeyStorePassword", NO_SECRET);
        properties.setProperty("fallbackToSystemTrustStore", "false");
        properties.setProperty("connectTimeout", String.valueOf(LOGIN_LIMIT.toMillis()));
        properties.setProperty("socketTimeout", String.valueOf(LOGIN_LIMIT.toMillis()));
        properties.setProperty("connectionTimeZone", "UTC");
        from.ifPresent(address -> properties.setProperty("localSocketAddress", address));
        Connection connection = new Driver().connect("jdbc:mysql://" + endpoint + "/", properties);
        connection.setNetworkTimeout(AT_ONCE, Math.toIntExact(limit.toMillis()));
        return connection;
    }
}
