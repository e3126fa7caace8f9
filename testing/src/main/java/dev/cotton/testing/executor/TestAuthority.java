package dev.cotton.testing.executor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority of a test's own, made with the machine's {@code openssl}. */
public final class TestAuthority {
    private static final char[] NO_SECRET = "test".toCharArray();

    private final Path folder;

    /** @param folder an empty folder */
    public TestAuthority(Path folder) {
        this.folder = folder;
        key("ca.key");
        Shell.run(
                "openssl",
                "req",
                "-x509",
                "-new",
                "-key",
                file("ca.key"),
                "-subj",
                "/CN=test authority",
                "-days",
                "2",
                "-out",
                file("ca.pem"));
    }

    /** The authority's own certificate, PEM. */
    public String certificate() {
        return text("ca.pem");
    }

    /** The authority's own certificate as a file. */
    public Path certificateFile() {
        return folder.resolve("ca.pem");
    }

    /**
     * A certificate, PEM.
     *
     * @param publicKey X.509 SubjectPublicKeyInfo, base64
     * @param address an IP address
     */
    public String sign(String commonName, String address, String publicKey) {
        write("leaf.pub", "-----BEGIN PUBLIC KEY-----\n" + publicKey + "\n-----END PUBLIC KEY-----\n");
        return sign(commonName, "subjectAltName=IP:" + address, "-force_pubkey", file("leaf.pub"));
    }

    private String sign(String commonName, String extension, String... key) {
        write("leaf.ext", extension + "\nextendedKeyUsage=serverAuth,clientAuth\n");
        String[] command = {
            "openssl",
            "x509",
            "-new",
            "-subj",
            "/CN=" + commonName,
            "-CA",
            file("ca.pem"),
            "-CAkey",
            file("ca.key"),
            "-days",
            "2",
            "-extfile",
            file("leaf.ext"),
            "-out",
            file("leaf.pem")
        };
        String[] whole = Arrays.copyOf(command, command.length + key.length);
        System.arraycopy(key, 0, whole, command.length, key.length);
        Shell.run(whole);
        return text("leaf.pem");
    }

    /** TLS of somebody whom this authority has certified as {@code commonName}, and who trusts it. */
    public SSLContext client(String commonName) {
        return trusting(commonName, this);
    }

    /** TLS of somebody whom this authority has certified as {@code commonName}, and who trusts {@code other}. */
    public SSLContext trusting(String commonName, TestAuthority other) {
        key("client.key");
        Shell.run("openssl", "pkey", "-in", file("client.key"), "-pubout", "-out", file("client.pub"));
        String certificate = sign(commonName, "subjectAltName=DNS:client", "-force_pubkey", file("client.pub"));
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry("client", privateKey(), NO_SECRET, new Certificate[] {parsed(certificate)});
            KeyManagerFactory presented = KeyManagerFactory.getInstance("PKIX");
            presented.init(keys, NO_SECRET);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(presented.getKeyManagers(), other.trust().getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TrustManagerFactory trust() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", parsed(certificate()));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        return trust;
    }

    private PrivateKey privateKey() throws GeneralSecurityException {
        String body = text("client.key").replaceAll("-----[A-Z ]+-----", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
    }

    private static Certificate parsed(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private void key(String name) {
        Shell.run("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", file(name));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private String text(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, String content) {
        try {
            Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
