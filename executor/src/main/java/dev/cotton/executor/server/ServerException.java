package dev.cotton.executor.server;

/** mysqld's files or process are not as they must be. The message is for people, in whole sentences. */
public final class ServerException extends RuntimeException {
    public ServerException(String message) {
        super(message);
    }

    public ServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
