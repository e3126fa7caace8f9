package dev.cotton.core.port;

import org.jspecify.annotations.Nullable;

/** There is no usable MySQL and none could be installed. The message is for the user, in whole sentences. */
public final class MysqlInstallationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param happened what went wrong
     * @param kept what is as it was before
     * @param remedy what to do next
     */
    public MysqlInstallationException(String happened, String kept, String remedy) {
        this(happened, kept, remedy, null);
    }

    public MysqlInstallationException(String happened, String kept, String remedy, @Nullable Throwable cause) {
        super(happened + " " + kept + " " + remedy, cause);
    }
}
