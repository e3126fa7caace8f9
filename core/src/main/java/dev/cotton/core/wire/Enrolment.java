package dev.cotton.core.wire;

/**
 * How an executor gets its certificate. Before that its port speaks plain HTTP and knows one path, {@code /enrolment}:
 * GET gives a {@link Request}; the scheduler checks it, signs, and PUTs a {@link Grant}; the executor checks that. Both
 * prove that they know the one-time token that the task carried, which never travels. No secret is in either message.
 * Afterwards the port speaks mutual TLS only and the executor forgets the token.
 */
public final class Enrolment {
    private Enrolment() {}

    /**
     * @param publicKey X.509 SubjectPublicKeyInfo, base64
     * @param proof HMAC-SHA-256 by the token over {@code "request\n" + instance + "\n" + publicKey}, base64
     */
    public record Request(String instance, String publicKey, String proof) {}

    /**
     * @param certificate for the executor's key, PEM; names the instance and its address
     * @param authority the cluster authority's certificate, PEM
     * @param proof HMAC-SHA-256 by the token over {@code "grant\n" + certificate + "\n" + authority}, base64
     */
    public record Grant(String certificate, String authority, String proof) {}
}
