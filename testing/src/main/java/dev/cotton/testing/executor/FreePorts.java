package dev.cotton.testing.executor;

import dev.cotton.core.model.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of loopback that nobody listens on. */
public final class FreePorts {
    private FreePorts() {}

    /** For one instance. */
    public static Ports onLoopback() {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1")));
            }
            List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
            return new Ports("127.0.0.1", ports.get(0), ports.get(1), ports.get(2), ports.get(3));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            held.forEach(FreePorts::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
