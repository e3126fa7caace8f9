package dev.cotton.cli.app;

import dev.cotton.cli.bench.ZooKeeperProgram;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.scheduler.zookeeper.EmbeddedZooKeeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ZooKeeper of one data folder, in this process. Its port stays the same from start to start, because clients are told
 * it; its state can only be changed with a password, which other users of this machine do not have.
 */
final class OwnZooKeeper implements ZooKeeperProgram.Running {
    /** Below the ports that the system gives to clients, and below those of instances. */
    private static final int FIRST_PORT = 23181;

    private static final int LAST_PORT = 23299;
    private static final int PASSWORD_BYTES = 24;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final EmbeddedZooKeeper server;
    private final Access access;

    /** What is kept in {@code zookeeper.json}, mode 0600. */
    private record Access(int port, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Access[" + port + "]";
        }
    }

    private OwnZooKeeper(EmbeddedZooKeeper server, Access access) {
        this.server = server;
        this.access = access;
    }

    static OwnZooKeeper start(DataFolder folder) {
        try {
            Access access = access(folder.path().resolve("zookeeper.json"));
            return new OwnZooKeeper(EmbeddedZooKeeper.start(folder.path().resolve("zookeeper"), access.port()), access);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The data folder " + folder.path() + " cannot be used (" + e.getMessage() + ").", e);
        }
    }

    /** Where the one is reached that runs on {@code folder} in another process. */
    static String url(DataFolder folder) {
        try {
            Access access = access(folder.path().resolve("zookeeper.json"));
            return url(access, access.port());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The data folder " + folder.path() + " cannot be used (" + e.getMessage() + ").", e);
        }
    }

    private static String url(Access access, int port) {
        return "zk://cotton:" + access.password() + "@127.0.0.1:" + port + "/cotton";
    }

    private static Access access(Path file) throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(file), Access.class);
        } catch (NoSuchFileException first) {
            byte[] password = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(password);
            Access made = new Access(freePort(), HexFormat.of().formatHex(password));
            Path next = Files.createTempFile(file.getParent(), "zookeeper", ".json");
            Files.write(next, JSON.writeValueAsBytes(made));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            return made;
        }
    }

    private static int freePort() throws IOException {
        for (int port = FIRST_PORT; port <= LAST_PORT; port++) {
            try (ServerSocket probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (IOException taken) {
                // The next one may be free.
            }
        }
        throw new IOException("none of the ports " + FIRST_PORT + " to " + LAST_PORT + " is free for ZooKeeper");
    }

    @Override
    public String url() {
        return url(access, server.port());
    }

    @Override
    public void close() {
        server.close();
    }
}
