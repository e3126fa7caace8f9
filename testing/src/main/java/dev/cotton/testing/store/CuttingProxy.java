package dev.cotton.testing.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Stands before a server on loopback and breaks its connections, or lets nothing pass. Thread-safe. */
public final class CuttingProxy implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong toServer = new AtomicLong(NEVER);
    private final AtomicLong toClient = new AtomicLong(NEVER);
    private final AtomicInteger cuts = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean frozen;

    /** @param target the server's port on loopback */
    public CuttingProxy(int target) throws IOException {
        this.target = target;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    /** On loopback. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Breaks one connection, after so many more bytes to the server. */
    public void cutAfterSending(long bytes) {
        toServer.set(bytes);
    }

    /** Breaks one connection, after so many more bytes from the server. */
    public void cutAfterReceiving(long bytes) {
        toClient.set(bytes);
    }

    /** How many connections were broken. */
    public int cuts() {
        return cuts.get();
    }

    /** From now on nothing passes, and nobody is told. */
    public void freeze() {
        frozen = true;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                sockets.add(client);
                Thread.ofVirtual().name("proxy connection").start(() -> connect(client));
            }
        } catch (IOException closed) {
            end.countDown();
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket server = new Socket()) {
            sockets.add(server);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 5_000);
            Thread back = Thread.ofVirtual().name("proxy back").start(() -> pass(server, client, toClient));
            pass(client, server, toServer);
            back.join();
        } catch (IOException | InterruptedException gone) {
            // The client sees its connection closed.
        } finally {
            sockets.remove(client);
        }
    }

    private void pass(Socket from, Socket to, AtomicLong budget) {
        byte[] bytes = new byte[16 << 10];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                if (frozen) {
                    end.await();
                }
                long left = budget.get() == NEVER ? NEVER : budget.addAndGet(-count);
                if (left < 0) {
                    budget.set(NEVER);
                    cuts.incrementAndGet();
                    out.write(bytes, 0, (int) (count + left));
                    return;
                }
                out.write(bytes, 0, count);
            }
        } catch (IOException | InterruptedException gone) {
            // Both ends are closed.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        end.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
