package dev.cotton.executor.app;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import dev.cotton.core.wire.ExecutorApi;
import dev.cotton.core.wire.ExecutorConfig;
import dev.cotton.executor.api.EnrolmentServer;
import dev.cotton.executor.api.HealthServer;
import dev.cotton.executor.api.Identity;
import dev.cotton.executor.role.Instance;
import dev.cotton.executor.server.DataFolder;
import dev.cotton.executor.sql.JdbcSessions;
import dev.cotton.executor.sql.OwnAccounts;
import dev.cotton.executor.sql.Sessions;
import dev.cotton.executor.sql.SqlFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does what every executor does when it begins, without mysqld and without a scheduler, and ends. A JVM that records it
 * leaves an archive of classes behind with which executors start quickly. For the build.
 */
public final class Rehearsal {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private Rehearsal() {}

    /** @param arguments the path of an empty folder, where everything happens */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path home = Path.of(arguments[0]).toRealPath();
        ExecutorConfig config = ConfigFile.read(configured(home));
        DataFolder folder = new DataFolder(Path.of(config.folder()));
        folder.create();
        ExecutorApp.configureLibraries(folder);
        Identity identity = new Identity(config, folder);
        enrol(identity, config);
        try (Instance instance = new Instance(config, folder, accounts -> sessions(config, folder, accounts), "");
                HealthServer health = new HealthServer(instance::status, config.ports())) {
            instance.start();
            health.start();
            ask(config.ports().health(), "/health");
            logIn(sessions(config, folder, new OwnAccounts(config.token())));
            JsonMapper.builder().build().writeValueAsString(instance.status());
        }
    }

    private static Path configured(Path home) throws IOException {
        byte[] token = new byte[32];
        ExecutorConfig config = new ExecutorConfig(
                new InstanceId(new ClusterName("rehearsal"), 0),
                home.resolve("instance").toString(),
                home.resolve("templates").toString(),
                Optional.of(home.resolve("quarantine").toString()),
                new ExecutorConfig.Programs("mysqld", "mysql", "mysqlbinlog"),
                new Ports("127.0.0.1", free(), free(), free(), free()),
                Resources.ORDINARY,
                Base64.getEncoder().encodeToString(token));
        Path file = Files.createFile(
                home.resolve("config.json"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, JsonMapper.builder().build().writeValueAsString(config));
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void enrol(Identity identity, ExecutorConfig config) throws IOException, InterruptedException {
        Thread server = Thread.ofVirtual().name("enrolment").start(() -> {
            try {
                new EnrolmentServer(identity, config).await();
            } catch (IOException | InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        });
        ask(config.ports().executor(), ExecutorApi.ENROLMENT);
        server.interrupt();
        server.join(LIMIT);
    }

    /** Asks once somebody listens. */
    private static void ask(int port, String path) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                String request = "GET " + path + " HTTP/1.0\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().readAllBytes();
                return;
            } catch (IOException refused) {
                if (System.nanoTime() - deadline > 0) {
                    throw refused;
                }
                Thread.sleep(10);
            }
        }
    }

    private static Sessions sessions(ExecutorConfig config, DataFolder folder, OwnAccounts accounts) {
        return new JdbcSessions(config.ports().admin(), folder.authority(), "", accounts);
    }

    /** Where nobody listens. */
    private static void logIn(Sessions sessions) {
        try {
            sessions.open(Sessions.Scope.THIS_SERVER, LIMIT).close();
        } catch (SqlFailure expected) {
            System.out.println(expected.getMessage());
        }
    }
}
