package dev.cotton.executor.app;

import dev.cotton.executor.provision.Command;
import dev.cotton.executor.server.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * What an authority, a scheduler and an instance have for a {@link Rehearsal}, made by the JDK's {@code keytool}. Nobody
 * else trusts that authority.
 */
record StageKeys(KeyStore store) {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String AUTHORITY = "authority";
    private static final String INSTANCE = "instance";
    private static final String SCHEDULER = "scheduler";

    /** A PKCS12 store wants one; what it holds is thrown away. */
    private static final String PASSWORD = "rehearsal";

    /** @param instance the name in the instance's certificate */
    static StageKeys make(Path home, String instance) throws IOException, GeneralSecurityException {
        Path file = home.resolve("stage.p12");
        generate(file, AUTHORITY, "rehearsal", "-ext", "bc=ca:true");
        generate(file, INSTANCE, instance, "-signer", AUTHORITY);
        generate(file, SCHEDULER, "cotton-scheduler", "-signer", AUTHORITY);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return new StageKeys(store);
    }

    private static void generate(Path file, String alias, String name, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        words.addAll(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + name));
        words.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        words.addAll(List.of("-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD));
        words.addAll(List.of(more));
        Command.of(LIMIT, words.toArray(String[]::new)).run();
    }

    /** Lets the instance on {@code folder} have the key that its certificate is for. */
    void hand(DataFolder folder) throws IOException, GeneralSecurityException {
        Key secret = store.getKey(INSTANCE, PASSWORD.toCharArray());
        Files.writeString(folder.privateKey(), pem("PRIVATE KEY", secret.getEncoded()));
        Files.writeString(
                folder.tls().resolve("public.pem"),
                pem("PUBLIC KEY", store.getCertificate(INSTANCE).getPublicKey().getEncoded()));
    }

    /** The instance's certificate in PEM. */
    String certificate() throws GeneralSecurityException {
        return pem("CERTIFICATE", store.getCertificate(INSTANCE).getEncoded());
    }

    /** The authority's certificate in PEM. */
    String authority() throws GeneralSecurityException {
        return pem("CERTIFICATE", store.getCertificate(AUTHORITY).getEncoded());
    }

    private static String pem(String label, byte[] encoded) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(encoded) + "\n-----END "
                + label + "-----\n";
    }

    /** Mutual TLS as the scheduler has it. */
    SSLContext scheduler() throws IOException, GeneralSecurityException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        Certificate[] chain = {store.getCertificate(SCHEDULER)};
        own.setKeyEntry(SCHEDULER, store.getKey(SCHEDULER, PASSWORD.toCharArray()), PASSWORD.toCharArray(), chain);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(AUTHORITY, store.getCertificate(AUTHORITY));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
