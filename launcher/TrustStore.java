import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;

/**
 * Turns a file of certificates in PEM form (first argument) into a Java trust store (second argument). Its format is JKS,
 * because Java reads that one without being told a password.
 */
final class TrustStore {

    private TrustStore() {}

    static void main(String[] arguments) throws Exception {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        int number = 0;
        try (var pem = Files.newInputStream(Path.of(arguments[0]))) {
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
        }
        try (var file = Files.newOutputStream(Path.of(arguments[1]))) {
            store.store(file, "changeit".toCharArray());
        }
    }
}
