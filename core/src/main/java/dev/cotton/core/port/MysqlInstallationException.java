package dev.cotton.core.port;

import org.jspecify.annotations.Nullable;

/** There is no usable MySQL and none could be installed. The message is for the user, in whole sentences. */
public final class MysqlInstallationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String happened;
    private final String kept;
    private final String remedy;

    public MysqlInstallationException(String happened, String kept, String remedy) {
        this(happened, kept, remedy, null);
    }

    public MysqlInstallationException(String happened, String kept, String remedy, @Nullable Throwable cause) {
        super(happened + " " + kept + " " + remedy, cause);
        this.happened = happened;
        this.kept = kept;
        this.remedy = remedy;
    }

    /** What went wrong. */
    public String happened() {
        return happened;
    }

    /** What is as it was before. */
    public String kept() {
        return kept;
    }

    /** What to do next. */
    public String remedy() {
        return remedy;
    }
}
