package dev.cotton.scheduler.engine.local;

/** This machine cannot be an engine as it is; the message is a sentence that says what to change. */
public final class EngineException extends RuntimeException {
    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
