package dev.cotton.cli.writers;

import com.mysql.cj.jdbc.Driver;
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
import java.util.Properties;

/** Connections to the members of one cluster as its user, over TLS with the authority verified. Thread-safe. */
public final class Database {
    /** Protects nothing: a trust store holds no secret, but its format wants a password. */
    private static final String NO_SECRET = "changeit";

    private final String user;
    private final String password;
    private final Path trustStore;

    private Database(String user, String password, Path trustStore) {
        this.user = user;
        this.password = password;
        this.trustStore = trustStore;
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
            return new Database(user, password, trustStore);
        } catch (GeneralSecurityException e) {
            throw new IOException("The authority's certificate cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Connects.
     *
     * @param endpoint {@code <address>:<port>}
     * @param limit for connecting and for each answer
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
        properties.setProperty("connectTimeout", String.valueOf(limit.toMillis()));
        properties.setProperty("socketTimeout", String.valueOf(limit.toMillis()));
        properties.setProperty("connectionTimeZone", "UTC");
        return new Driver().connect("jdbc:mysql://" + endpoint + "/", properties);
    }
}
