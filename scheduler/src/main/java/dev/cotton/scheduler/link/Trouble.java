package dev.cotton.scheduler.link;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import javax.net.ssl.SSLException;

/** What went wrong with a call, for people. */
final class Trouble {
    private Trouble() {}

    static String of(Exception failed) {
        return switch (failed) {
            case HttpConnectTimeoutException far -> "its host does not answer";
            case HttpTimeoutException slow -> "it did not answer in time";
            case ConnectException refused -> "nothing listens there";
            case SSLException untrusted -> "no trusted connection came about: " + untrusted.getMessage();
            default -> failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
        };
    }
}
