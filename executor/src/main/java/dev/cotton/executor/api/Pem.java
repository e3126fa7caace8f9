package dev.cotton.executor.api;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** Text form of keys and certificates (RFC 7468). */
final class Pem {
    private static final int LINE = 64;

    private Pem() {}

    /** @param label for instance {@code PRIVATE KEY} */
    static String write(String label, byte[] encoded) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(encoded)
                + "\n-----END " + label + "-----\n";
    }

    /** @throws IllegalArgumentException when {@code pem} is something else */
    static byte[] read(String label, String pem) {
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("This is no " + label + " in PEM.");
        }
        return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
    }

    /** @throws IllegalArgumentException when {@code pem} is something else */
    static X509Certificate certificate(String pem) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(read("CERTIFICATE", pem)));
        } catch (CertificateException malformed) {
            throw new IllegalArgumentException("This is no certificate: " + malformed.getMessage(), malformed);
        }
    }
}
