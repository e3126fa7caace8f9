package dev.cotton.testing.mesos;

import dev.cotton.testing.executor.FreePorts;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ServerSocketFactory;

/** A small HTTP/1.1 server on loopback: keep-alive, pipelining, chunked bodies, and streams that notice their end. */
final class WebServer implements AutoCloseable {
    private final ServerSocket listening;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Function<WebRequest, WebReply> answers;
    private volatile boolean closed;

    /** Listens at {@code port}; for 0 at a free one that no outgoing connection takes while it does not listen. */
    WebServer(String name, int port, Function<WebRequest, WebReply> answers) {
        this(name, port, ServerSocketFactory.getDefault(), answers);
    }

    /** The same on sockets of another kind, for instance such as speak TLS. */
    WebServer(String name, int port, ServerSocketFactory sockets, Function<WebRequest, WebReply> answers) {
        this.answers = answers;
        int chosen = port == 0 ? FreePorts.one() : port;
        try {
            listening = sockets.createServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), chosen), 512);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen at port " + chosen + " for " + name, e);
        }
        Thread.ofVirtual().name(name + "-accept").start(() -> accept(name));
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Stops listening and drops every connection, as when a process is killed. */
    @Override
    public void close() {
        closed = true;
        quietly(listening::close);
        connections.forEach(each -> quietly(each::close));
    }

    private void accept(String name) {
        while (!closed) {
            try {
                Socket socket = listening.accept();
                connections.add(socket);
                if (closed) {
                    quietly(socket::close);
                }
                Thread.ofVirtual().name(name + "-connection").start(() -> serve(socket));
            } catch (IOException e) {
                quietly(listening::close);
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            boolean more = true;
            while (more) {
                WebRequest request = WebRequest.read(in);
                more = request != null && answer(request, in, out);
            }
        } catch (IOException e) {
            // The client has gone, or the server was closed: there is nobody left to tell.
            connections.remove(socket);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(socket);
        }
    }

    /** Answers one request; returns whether another may follow on the connection. */
    private boolean answer(WebRequest request, InputStream in, OutputStream out)
            throws IOException, InterruptedException {
        WebReply reply = answers.apply(request);
        out.write(reply.bytes());
        out.flush();
        if (reply.stream().isEmpty()) {
            return !request.wantsClose();
        }
        RecordStream stream = reply.stream().get();
        Thread watch = Thread.ofVirtual().name("stream-watch").start(() -> untilEnd(in, stream));
        try {
            stream.writeTo(out);
        } catch (IOException e) {
            stream.lost();
        } finally {
            watch.interrupt();
        }
        return false;
    }

    private static void untilEnd(InputStream in, RecordStream stream) {
        try {
            while (in.read() >= 0) {
                // Whatever a client writes after its SUBSCRIBE has no meaning.
            }
        } catch (IOException e) {
            // An aborted connection is an end like any other.
        }
        stream.lost();
    }

    private interface Closing {
        void close() throws IOException;
    }

    private static void quietly(Closing closing) {
        try {
            closing.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a socket of the simulator", e);
        }
    }
}
