package dev.cotton.scheduler.zookeeper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A TCP connection to a server on loopback that can be cut (everybody notices at once) or frozen (nobody notices, and
 * what was sent is delivered later). Thread-safe.
 */
final class Wire implements AutoCloseable {
    private final int target;
    private final ServerSocket entrance;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Socket> sockets = new ArrayList<>();
    private boolean cut;
    private boolean requestsHeld;
    private boolean answersHeld;

    Wire(int target) throws IOException {
        this.target = target;
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("wire-entrance").start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    void cut() {
        lock.lock();
        try {
            cut = true;
            sockets.forEach(Wire::closeQuietly);
            sockets.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing gets through in either direction. */
    void freeze() {
        hold(true);
    }

    /** Requests get through, answers do not. */
    void holdAnswers() {
        hold(false);
    }

    private void hold(boolean requestsToo) {
        lock.lock();
        try {
            requestsHeld = requestsToo;
            answersHeld = true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends every disturbance; what was held is delivered. */
    void mend() {
        lock.lock();
        try {
            cut = false;
            requestsHeld = false;
            answersHeld = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                connect(entrance.accept());
            } catch (IOException e) {
                // The connection ended while it was made, or the entrance was closed.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server = new Socket();
        if (kept(client, server)) {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 5_000);
            Thread.ofVirtual().name("wire-up").start(() -> pump(client, server, true));
            Thread.ofVirtual().name("wire-down").start(() -> pump(server, client, false));
        }
    }

    private boolean kept(Socket client, Socket server) {
        lock.lock();
        try {
            if (cut) {
                closeQuietly(client);
                return false;
            }
            sockets.add(client);
            sockets.add(server);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void pump(Socket from, Socket to, boolean requests) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            for (int length = from.getInputStream().read(buffer);
                    length >= 0;
                    length = from.getInputStream().read(buffer)) {
                awaitThaw(requests);
                to.getOutputStream().write(buffer, 0, length);
            }
        } catch (IOException | InterruptedException e) {
            // The connection has ended; both sides are closed.
        }
    }

    private void awaitThaw(boolean requests) throws InterruptedException {
        lock.lock();
        try {
            while (requests ? requestsHeld : answersHeld) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed as far as this side is concerned.
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        mend();
        cut();
    }
}
