package dev.cotton.executor.api;

import dev.cotton.executor.server.DataFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/**
 * The files of an instance's key and certificates, which mysqld reads too. Each is replaced atomically and readable for
 * its owner only. For one thread at a time.
 */
final class IdentityFiles {
    /** Protects nothing: the store holds certificates only, but the format wants a password. */
    static final String TRUST_STORE_PASSWORD = "certificates";

    private final Path privateKey;
    private final Path publicKey;
    private final Path certificate;
    private final Path authority;
    private final Path trustStore;

    IdentityFiles(DataFolder folder) {
        privateKey = folder.privateKey();
        publicKey = folder.tls().resolve("public.pem");
        certificate = folder.certificate();
        authority = folder.authority();
        trustStore = folder.tls().resolve("ca.p12");
    }

    /** The key pair, made when there is none. */
    KeyPair keys() {
        if (!Files.exists(publicKey)) {
            generate();
        }
        try {
            KeyFactory keys = KeyFactory.getInstance("EC");
            PrivateKey secret = keys.generatePrivate(
                    new PKCS8EncodedKeySpec(Pem.read("PRIVATE KEY", Files.readString(privateKey))));
            PublicKey open =
                    keys.generatePublic(new X509EncodedKeySpec(Pem.read("PUBLIC KEY", Files.readString(publicKey))));
            return new KeyPair(open, secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key in " + privateKey + " cannot be read.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            replace(privateKey, Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded()));
            // Last, because what exists tells that both do.
            replace(publicKey, Pem.write("PUBLIC KEY", pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This Java makes no keys on P-256.", missing);
        }
    }

    /** Whether a certificate was ever granted. */
    boolean complete() {
        return Files.exists(certificate) && Files.exists(authority) && Files.exists(trustStore);
    }

    X509Certificate certificate() {
        return read(certificate);
    }

    X509Certificate authority() {
        return read(authority);
    }

    Path trustStore() {
        return trustStore;
    }

    private static X509Certificate read(Path file) {
        try {
            return Pem.certificate(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void keepAuthority(String pem) {
        replace(authority, pem);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", Pem.certificate(pem));
            Path next = fresh(trustStore);
            try (OutputStream out = Files.newOutputStream(next)) {
                store.store(out, TRUST_STORE_PASSWORD.toCharArray());
            }
            Files.move(next, trustStore, StandardCopyOption.ATOMIC_MOVE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The trust store cannot be made.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void keepCertificate(String pem) {
        replace(certificate, pem);
    }

    private static void replace(Path file, String content) {
        try {
            Path next = fresh(file);
            Files.writeString(next, content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path fresh(Path file) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        return Files.createFile(
                next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
}
