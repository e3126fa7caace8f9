package dev.cotton.scheduler.security;

import dev.cotton.core.model.InstanceId;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * The scheduler's side of mutual TLS with executors: it shows a certificate of {@link
 * CertificateAuthority#SCHEDULER}, which renews itself while the process runs, and talks only to the instance that it
 * means to talk to. Thread-safe.
 */
public final class SchedulerTls {
    private final CertificateAuthority authority;
    private final RenewingIdentity identity;

    /** Who is expected to answer. */
    @FunctionalInterface
    public interface ExpectedInstance {
        /**
         * The instance whose executor listens at {@code host} and {@code port}, as they were written in the URL; empty
         * when none does, and then no connection is made. Called at each handshake, on any thread.
         */
        Optional<InstanceId> at(String host, int port);
    }

    public SchedulerTls(CertificateAuthority authority, InstantSource clock) {
        this.authority = authority;
        this.identity = new RenewingIdentity(authority, clock);
    }

    /**
     * A context for calls to executors; one serves all of them. It trusts the fleet's authority only, and before
     * anything is sent it checks that the server's certificate names the expected instance and the address that was
     * called. The engine or socket has to be made with the host and port that are called, as {@code
     * java.net.http.HttpClient} does.
     */
    public SSLContext clientContext(ExpectedInstance expected) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(
                    new KeyManager[] {identity},
                    new TrustManager[] {InstanceTrust.of(authority.certificate(), expected)},
                    null);
            // A resumed session is not checked again; an address may be another instance's by then.
            context.getClientSessionContext().setSessionTimeout(1);
            return context;
        } catch (GeneralSecurityException e) {
            throw new SecretException("This Java runtime cannot make a TLS 1.3 context.", e);
        }
    }
}
