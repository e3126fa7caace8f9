package dev.cotton.scheduler.security;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Shown;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.jspecify.annotations.Nullable;

/** Accepts the executor that is expected at the called address, with a certificate of one authority, and nobody else. */
final class InstanceTrust extends X509ExtendedTrustManager {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private final X509ExtendedTrustManager chains;
    private final SchedulerTls.ExpectedInstance expected;

    private InstanceTrust(X509ExtendedTrustManager chains, SchedulerTls.ExpectedInstance expected) {
        this.chains = chains;
        this.expected = expected;
    }

    static InstanceTrust of(X509Certificate authority, SchedulerTls.ExpectedInstance expected)
            throws GeneralSecurityException {
        try {
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            anchors.setCertificateEntry("authority", authority);
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(anchors);
            return new InstanceTrust((X509ExtendedTrustManager) factory.getTrustManagers()[0], expected);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        chains.checkServerTrusted(chain, authType, engine);
        checkName(chain[0], engine.getPeerHost(), engine.getPeerPort());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        chains.checkServerTrusted(chain, authType, socket);
        SSLSession session = socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null;
        checkName(chain[0], session == null ? null : session.getPeerHost(), socket.getPort());
    }

    private void checkName(X509Certificate leaf, @Nullable String calledHost, int port) throws CertificateException {
        if (calledHost == null) {
            throw new CertificateException("The connection does not know which host it calls.");
        }
        String host = calledHost.replaceAll("[\\[\\]]", "");
        InstanceId instance = expected.at(host, port)
                .orElseThrow(() -> new CertificateException("No instance is expected at " + host + ":" + port + "."));
        if (!commonName(leaf).equals(Optional.of(instance.toString()))) {
            throw new CertificateException(
                    "At " + host + ":" + port + " " + instance + " is expected, but the certificate is of "
                            + Shown.of(leaf.getSubjectX500Principal().getName()));
        }
        if (!addresses(leaf, host)) {
            throw new CertificateException("The certificate of " + instance + " is not for the address " + host + ".");
        }
    }

    private static Optional<String> commonName(X509Certificate certificate) {
        RDN[] names = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
                .getRDNs(BCStyle.CN);
        return Arrays.stream(names)
                .findFirst()
                .map(name -> IETFUtils.valueToString(name.getFirst().getValue()));
    }

    private static boolean addresses(X509Certificate certificate, String host) throws CertificateException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names == null) {
            return false;
        }
        return names.stream().anyMatch(name -> switch ((Integer) name.getFirst()) {
            case DNS_NAME -> host.equalsIgnoreCase((String) name.get(1));
            case IP_ADDRESS -> sameAddress((String) name.get(1), host);
            default -> false;
        });
    }

    private static boolean sameAddress(String address, String host) {
        try {
            return InetAddress.ofLiteral(address).equals(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("The connection does not know which host it calls.");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("This side is a client only.");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chains.getAcceptedIssuers();
    }
}
