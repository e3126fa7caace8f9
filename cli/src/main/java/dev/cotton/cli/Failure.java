package dev.cotton.cli;

/** A command that did not do what was asked. The message is one or more sentences for the user. */
public final class Failure extends RuntimeException {
    private final ExitCode exitCode;
    private final String code;

    public Failure(ExitCode exitCode, String message) {
        this(exitCode, wordOf(exitCode), message);
    }

    /**
     * @param code a word for programs that stays the same for ever, for instance {@code exists}
     */
    public Failure(ExitCode exitCode, String code, String message) {
        super(message);
        this.exitCode = exitCode;
        this.code = code;
    }

    public Failure(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.code = wordOf(exitCode);
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public String code() {
        return code;
    }

    /** The message, without a fallback to the cause. */
    public String sentence() {
        return java.util.Objects.requireNonNullElse(getMessage(), "It failed.");
    }

    private static String wordOf(ExitCode exitCode) {
        return exitCode.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
