package dev.cotton.executor.quarantine;

import java.util.Objects;

/** Transactions could not be saved; the data that they are in are kept. The message is fit for people. */
public final class QuarantineException extends RuntimeException {
    QuarantineException(String sentence) {
        super(sentence);
    }

    QuarantineException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
