package dev.cotton.scheduler.security;

import java.net.Socket;
import java.security.KeyPair;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** The scheduler's key for the life of the process, with a certificate that is made anew well before it ends. */
final class RenewingIdentity extends X509ExtendedKeyManager {
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);
    private static final String ALIAS = CertificateAuthority.SCHEDULER;
    private static final String KEY_TYPE = "EC";

    private final CertificateAuthority authority;
    private final InstantSource clock;
    private final KeyPair pair = CertificateAuthority.newKeyPair();
    private X509Certificate certificate;

    RenewingIdentity(CertificateAuthority authority, InstantSource clock) {
        this.authority = authority;
        this.clock = clock;
        this.certificate = authority.issueForScheduler(pair.getPublic());
    }

    private synchronized X509Certificate current() {
        if (clock.instant().isAfter(certificate.getNotAfter().toInstant().minus(RENEW_BEFORE))) {
            certificate = authority.issueForScheduler(pair.getPublic());
        }
        return certificate;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return alias.equals(ALIAS) ? new X509Certificate[] {current()} : null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return alias.equals(ALIAS) ? pair.getPrivate() : null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return aliasFor(keyTypes);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return aliasFor(keyTypes);
    }

    private static @Nullable String aliasFor(String... keyTypes) {
        for (String keyType : keyTypes) {
            if (keyType.equals(KEY_TYPE)) {
                return ALIAS;
            }
        }
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return keyType.equals(KEY_TYPE) ? new String[] {ALIAS} : null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
