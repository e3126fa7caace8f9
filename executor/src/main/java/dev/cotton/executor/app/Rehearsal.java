package dev.cotton.executor.app;

import com.mysql.cj.jdbc.Driver;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.storage.BackupStores;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.Enrolment;
import dev.cotton.core.wire.ExecutorApi;
import dev.cotton.core.wire.ExecutorConfig;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Setup;
import dev.cotton.executor.api.EnrolmentServer;
import dev.cotton.executor.api.HealthServer;
import dev.cotton.executor.api.Identity;
import dev.cotton.executor.api.OrderServer;
import dev.cotton.executor.role.Instance;
import dev.cotton.executor.server.DataFolder;
import dev.cotton.executor.sql.JdbcSessions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.SocketFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does what every executor does when it begins: it is enrolled, takes orders over mutual TLS, makes data, starts mysqld
 * (here a script that answers nobody) and stops it. A JVM that records this leaves an archive of classes behind with
 * which executors start quickly. For the build.
 */
public final class Rehearsal {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final byte[] TOKEN = new byte[32];
    private static final InstanceId INSTANCE = new InstanceId(new ClusterName("rehearsal"), 0);

    private Rehearsal() {}

    /** @param arguments the path of an empty folder, where everything happens */
    public static void main(String... arguments) throws Exception {
        Path home = Path.of(arguments[0]).toRealPath();
        ExecutorConfig config = ConfigFile.read(configured(home));
        DataFolder folder = new DataFolder(Path.of(config.folder()));
        folder.create();
        ExecutorApp.configureLibraries(folder.executorLog());
        StageKeys keys = StageKeys.make(home, INSTANCE.toString());
        // Makes a key, which is replaced by the one that there is a certificate for.
        new Identity(config, folder);
        keys.hand(folder);
        Identity identity = new Identity(config, folder);
        enrol(identity, config, keys);
        try (Instance instance = new Instance(
                        config,
                        folder,
                        Optional.empty(),
                        accounts -> new JdbcSessions(
                                config.ports().admin(), identity.trustStore(), identity.trustStorePassword(), accounts),
                        BackupStores.ofThisProgram(),
                        "");
                HealthServer health = new HealthServer(instance::status, config.ports());
                OrderServer orders = new OrderServer(instance, identity, folder, config)) {
            instance.start();
            health.start();
            orders.start();
            play(config, keys);
        }
        EveryClass.besides(Rehearsal.class, List.of(".provision."));
        EveryClass.besides(Driver.class, List.of(".x.", ".xdevapi.", ".integration."));
    }

    private static Path configured(Path home) throws IOException {
        Path mysqld = created(home.resolve("mysqld"), "rwx------");
        try (InputStream script = Objects.requireNonNull(Rehearsal.class.getResourceAsStream("stage-mysqld.sh"))) {
            Files.write(mysqld, script.readAllBytes());
        }
        ExecutorConfig config = new ExecutorConfig(
                INSTANCE,
                home.resolve("instance").toString(),
                home.resolve("templates").toString(),
                Optional.of(home.resolve("quarantine").toString()),
                new ExecutorConfig.Programs(mysqld.toString(), "mysql", "mysqlbinlog"),
                new Ports("127.0.0.1", free(), free(), free(), free()),
                Resources.ORDINARY,
                Base64.getEncoder().encodeToString(TOKEN));
        return Files.writeString(
                created(home.resolve("config.json"), "rw-------"),
                JsonMapper.builder().build().writeValueAsString(config));
    }

    private static Path created(Path file, String permissions) throws IOException {
        return Files.createFile(
                file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void enrol(Identity identity, ExecutorConfig config, StageKeys keys)
            throws IOException, GeneralSecurityException, InterruptedException, ExecutionException, TimeoutException {
        FutureTask<Boolean> enrolled = new FutureTask<>(() -> {
            new EnrolmentServer(identity, config).await(() -> {});
            return true;
        });
        Thread.ofVirtual().name("enrolment").start(enrolled);
        try (StageScheduler scheduler = StageScheduler.to(config.ports().executor(), SocketFactory.getDefault())) {
            scheduler.get(ExecutorApi.ENROLMENT);
            scheduler.put(ExecutorApi.ENROLMENT, grant(keys));
        }
        enrolled.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private static Enrolment.Grant grant(StageKeys keys) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(TOKEN, "HmacSHA256"));
        String signed = "grant\n" + keys.certificate() + "\n" + keys.authority();
        byte[] proof = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
        return new Enrolment.Grant(
                keys.certificate(), keys.authority(), Base64.getEncoder().encodeToString(proof));
    }

    /** From the first data to the end of mysqld. */
    private static void play(ExecutorConfig config, StageKeys keys)
            throws IOException, GeneralSecurityException, InterruptedException {
        try (StageScheduler scheduler =
                StageScheduler.to(config.ports().executor(), keys.scheduler().getSocketFactory())) {
            scheduler.put(
                    ExecutorApi.SETUP,
                    new Setup(
                            new Stamp(1, 0, 1),
                            0,
                            Durability.LOSSLESS,
                            Map.of(),
                            new Setup.Accounts("stage", "stage", config.token()),
                            new Setup.Template()));
            scheduler.put(ExecutorApi.ROLE, new Assignment(new Stamp(1, 0, 1), new Role.Fenced()));
            await(scheduler, "mysqld does not answer");
            hangUp(config.ports().admin());
            scheduler.put(ExecutorApi.ROLE, new Assignment(new Stamp(1, 0, 2), new Role.Stopped()));
            await(scheduler, "\"STOPPED\"");
        }
        try (StageScheduler balancer = StageScheduler.to(config.ports().health(), SocketFactory.getDefault())) {
            balancer.get("/liveness");
        }
    }

    /** In mysqld's place: at the first knock, and when the driver comes. */
    private static void hangUp(int port) throws IOException {
        try (ServerSocket server = new ServerSocket(port, 2, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout((int) LIMIT.toMillis());
            server.accept().close();
            server.accept().close();
        }
    }

    private static void await(StageScheduler scheduler, String sign) throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!scheduler.get(ExecutorApi.STATUS + "?after=0&wait=100").contains(sign)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("The rehearsal does not come to: " + sign);
            }
        }
    }
}
