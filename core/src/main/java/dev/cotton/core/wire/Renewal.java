package dev.cotton.core.wire;

/**
 * How an executor's certificate is renewed: over mutual TLS, by a scheduler that sees that it ends soon. GET gives a
 * {@link Request}; the scheduler signs and PUTs a {@link Grant}, answered by 204 when the certificate is on disk and used
 * for new connections, of the executor's and of mysqld's.
 */
public final class Renewal {
    private Renewal() {}

    /** @param publicKey of the instance, X.509 SubjectPublicKeyInfo, base64 */
    public record Request(String publicKey) {}

    /** @param certificate for that key, PEM */
    public record Grant(String certificate) {}
}
