package dev.cotton.scheduler.security;

/** A key, a sealed secret, a proof or a certificate cannot be used. The message is a sentence without secrets. */
public class SecretException extends RuntimeException {
    public SecretException(String message) {
        super(message);
    }

    public SecretException(String message, Throwable cause) {
        super(message, cause);
    }
}
