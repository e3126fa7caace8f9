package dev.cotton.testing.executor;

import dev.cotton.core.model.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of loopback that nobody listens on. They are below those that Linux takes for outgoing connections (from 32768),
 * one of which would otherwise have a server's port while the server is started again. Thread-safe.
 */
public final class FreePorts {
    private static final int FIRST = 16_000;
    private static final int COUNT = 4_000;
    private static int next = ThreadLocalRandom.current().nextInt(COUNT);

    private FreePorts() {}

    /** For one instance. */
    public static Ports onLoopback() {
        return new Ports("127.0.0.1", one(), one(), one(), one());
    }

    /** One that was not given to anybody in a long time. */
    public static synchronized int one() {
        for (int tried = 0; tried < COUNT; tried++) {
            int port = FIRST + next;
            next = (next + 1) % COUNT;
            if (free(port)) {
                return port;
            }
        }
        throw new IllegalStateException("Nobody can listen on any port from " + FIRST + " on.");
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
