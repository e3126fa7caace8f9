package dev.cotton.scheduler.engine.mesos.master;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import javax.net.ssl.SSLException;

/** What went wrong with a connection, as a part of a sentence. */
final class Trouble {
    private Trouble() {}

    static String of(Exception failed) {
        return switch (failed) {
            case HttpConnectTimeoutException far -> "its host does not answer";
            case HttpTimeoutException silent when silent.getMessage() != null -> silent.getMessage();
            case ConnectException refused -> "nothing listens there";
            case SSLException untrusted -> "no trusted connection came about: " + untrusted.getMessage();
            default -> failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
        };
    }
}
