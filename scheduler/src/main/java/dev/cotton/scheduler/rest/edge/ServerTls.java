package dev.cotton.scheduler.rest.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Makes of PEM files what TLS needs. Every method throws {@link IllegalArgumentException} naming the file. */
public final class ServerTls {
    private static final char[] NO_PASSWORD = new char[0];

    private ServerTls() {}

    /** For the server's own side. */
    public static SslContextFactory.Server server(Path certificate, Path key) {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setKeyStore(identity(certificate, key));
        factory.setKeyStorePassword("");
        factory.setSniRequired(false);
        return factory;
    }

    /** For calls to other schedulers, which are trusted when {@code authority} has signed their certificate. */
    public static SSLContext client(Path authority) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, NO_PASSWORD);
            int count = 0;
            for (Certificate certificate : certificates(authority)) {
                trusted.setCertificateEntry("authority-" + count++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("The certificates in " + authority + " cannot be used: " + e, e);
        }
    }

    private static KeyStore identity(Path certificate, Path key) {
        PrivateKey privateKey = privateKey(key);
        Certificate[] chain = certificates(certificate).toArray(Certificate[]::new);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("scheduler", privateKey, NO_PASSWORD, chain);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "The key in " + key + " and the certificate in " + certificate + " cannot be used together: "
                            + e.getMessage(),
                    e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new IllegalArgumentException("There is no certificate in " + file + ".");
            }
            return found;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("The certificates in " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static PrivateKey privateKey(Path file) {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.US_ASCII);
                PEMParser parser = new PEMParser(reader)) {
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                if (found instanceof PrivateKeyInfo info) {
                    return new JcaPEMKeyConverter().getPrivateKey(info);
                }
                if (found instanceof PEMKeyPair pair) {
                    return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
                }
            }
            throw new IllegalArgumentException("There is no unencrypted private key in " + file + ".");
        } catch (IOException e) {
            throw new IllegalArgumentException("The private key in " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
