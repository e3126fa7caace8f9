package dev.cotton.cli.bench;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.machine.Account;
import dev.cotton.cli.writers.Database;
import dev.cotton.core.port.Installation;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The least that a replicated MySQL takes on this machine, by hand: nobody looks after it, nothing is persisted or
 * verified, and certificates are shared.
 *
 * <ol>
 *   <li>All servers at once: copy a data directory that was initialised before, start mysqld on it.
 *   <li>All replicas at once: attach them to the first server, with semi-sync.
 *   <li>Open the first server, and commit a row that replicas acknowledge.
 *   <li>All replicas at once: wait until the row is there.
 * </ol>
 *
 * Used by one thread, and closed by any.
 */
final class Floor implements AutoCloseable {
    private static final Duration PREPARE_LIMIT = Duration.ofMinutes(5);

    /** Replicates, and does everything else by hand. */
    private static final String USER = "floor";

    /** Of servers that live for seconds, on loopback, with nothing in them. */
    private static final String PASSWORD = "floor";

    private static final String ACCOUNTS = """
            CREATE USER 'floor'@'127.0.0.1' IDENTIFIED BY 'floor';
            GRANT ALL ON *.* TO 'floor'@'127.0.0.1';
            """;

    private static final String WRITE = """
            SET GLOBAL super_read_only=OFF;
            SET GLOBAL read_only=OFF;
            CREATE DATABASE floor;
            CREATE TABLE floor.probe (id INT PRIMARY KEY);
            INSERT INTO floor.probe VALUES (1);
            SELECT @@GLOBAL.gtid_executed;
            """;

    private final Installation mysql;
    private final List<String> asUser;
    private final Path folder;
    private final List<FloorServer> servers = new CopyOnWriteArrayList<>();
    private int rounds;

    private Floor(Installation mysql, List<String> asUser, Path folder) {
        this.mysql = mysql;
        this.asUser = asUser;
        this.folder = folder;
    }

    /**
     * One in {@code playground}.
     *
     * @param user that servers run as when this program is root's
     */
    static Floor in(Playground playground, Installation mysql, String user) throws IOException, InterruptedException {
        return new Floor(mysql, Account.isRoot() ? asUser(user) : List.of(), playground.privateFolder("floor", user));
    }

    private static List<String> asUser(String user) throws IOException, InterruptedException {
        Process id =
                new ProcessBuilder("id", "-g", user).redirectErrorStream(true).start();
        String group = new String(id.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (id.waitFor() != 0) {
            throw new IOException("there is no user '" + user + "' (" + group + ")");
        }
        return List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--init-groups", "--no-new-privs", "--");
    }

    /** A folder as servers begin with. */
    Path template() {
        return folder.resolve("template");
    }

    /** Initialises the data directory that all servers begin with. */
    void prepare() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("accounts.sql"), ACCOUNTS);
        List<String> command = new ArrayList<>(asUser);
        command.addAll(List.of("/bin/sh", "-euc", "umask 077; mkdir -- \"$1\"; shift; exec \"$@\"", "floor"));
        command.addAll(List.of(
                template().toString(),
                mysql.mysqld().toString(),
                "--no-defaults",
                "--initialize-insecure",
                "--skip-log-bin",
                "--innodb-flush-method=nosync",
                "--innodb-use-native-aio=OFF",
                "--secure-file-priv=NULL",
                "--init-file=" + folder.resolve("accounts.sql"),
                "--datadir=" + template().resolve("mysql")));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prepare.log").toFile())
                .start();
        boolean ended = process.waitFor(PREPARE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        process.destroyForcibly();
        if (!ended || process.exitValue() != 0) {
            throw new Failure(
                    ExitCode.FAILED,
                    "mysqld could not make a data directory: " + Files.readString(folder.resolve("prepare.log")));
        }
        Files.delete(template().resolve("mysql/auto.cnf"));
        try (InputStream options = Objects.requireNonNull(Floor.class.getResourceAsStream("floor.cnf"))) {
            Files.copy(options, template().resolve("floor.cnf"));
        }
    }

    /** Connections to its servers; their authority is the template's. */
    Database database() throws IOException {
        return Database.of(
                USER, PASSWORD, Files.readString(template().resolve("mysql/ca.pem")), folder.resolve("floor.p12"));
    }

    /** Makes a cluster, says how long that took, and kills it. */
    Timed create(int instances) throws IOException, InterruptedException {
        try {
            Stopwatch watch = new Stopwatch();
            replicate(instances, watch);
            return watch.stop("every replica in sync");
        } finally {
            close();
        }
    }

    /** Makes a cluster, to be killed with {@link #close}; the first of its servers is the primary. */
    List<FloorServer> replicate(int instances) throws IOException, InterruptedException {
        replicate(instances, new Stopwatch());
        return List.copyOf(servers);
    }

    private void replicate(int instances, Stopwatch watch) throws IOException, InterruptedException {
        Path round = folder.resolve("r" + rounds++);
        List<Integer> ports = freePorts(instances);
        for (int i = 0; i < instances; i++) {
            servers.add(program().startNew(Path.of(round + "-" + i), ports.get(i)));
        }
        FloorServer primary = servers.getFirst();
        List<FloorServer> replicas = servers.subList(1, instances);
        each(servers, server -> {
            server.awaitGreeting();
            return "";
        });
        watch.done("servers started");
        each(replicas, replica -> replica.sql(attachTo(primary)));
        watch.done("replicas attached");
        String reached = primary.sql(waitForAcknowledgements(instances / 2) + WRITE);
        watch.done("primary takes writes");
        String wait = "SELECT WAIT_FOR_EXECUTED_GTID_SET('" + reached.replaceAll("\\s", "") + "', 60);";
        each(replicas, replica -> replica.sql(wait));
    }

    private FloorServer.Program program() {
        return new FloorServer.Program(mysql, asUser, template());
    }

    /** Starts one more server, which has nothing to do with the others; also killed with {@link #close}. */
    FloorServer startAlone() throws IOException, InterruptedException {
        Path made = folder.resolve("r" + rounds++);
        return greeting(program().startNew(made, freePorts(1).getFirst()));
    }

    /** Starts a server on the data in {@code mysql} of a folder, which the servers' user owns; as {@link #startAlone}. */
    FloorServer startOn(Path data) throws IOException, InterruptedException {
        return greeting(program().startOn(data, freePorts(1).getFirst()));
    }

    /** Starts a server on its data again, once it has ended; as {@link #startAlone}. */
    FloorServer startAgain(FloorServer ended) throws IOException, InterruptedException {
        return greeting(ended.again());
    }

    /** What an empty server is told to become a copy of the one at {@code port}. */
    static String cloneOf(int port) {
        return "CLONE INSTANCE FROM '" + USER + "'@'127.0.0.1':" + port + " IDENTIFIED BY '" + PASSWORD
                + "' REQUIRE SSL";
    }

    /** Kills whatever runs in the folder of a server, and removes the folder. */
    void remove(FloorServer server) throws IOException {
        servers.stream().filter(each -> each.folder().equals(server.folder())).forEach(FloorServer::close);
        servers.removeIf(each -> each.folder().equals(server.folder()));
        Playground.delete(server.folder());
    }

    private FloorServer greeting(FloorServer server) throws InterruptedException {
        servers.add(server);
        server.awaitGreeting();
        return server;
    }

    /** Where that user may write. */
    Path folder() {
        return folder;
    }

    /** What a command begins with to be run by that user. */
    List<String> asUser() {
        return asUser;
    }

    private static String attachTo(FloorServer source) {
        return """
                CHANGE REPLICATION SOURCE TO SOURCE_HOST='127.0.0.1', SOURCE_PORT=%d, SOURCE_USER='floor',
                    SOURCE_PASSWORD='floor', SOURCE_SSL=1, SOURCE_AUTO_POSITION=1, SOURCE_CONNECT_RETRY=1;
                SET GLOBAL rpl_semi_sync_replica_enabled=ON;
                START REPLICA;
                """.formatted(source.port());
    }

    private static String waitForAcknowledgements(int count) {
        return count == 0 ? "" : """
                SET GLOBAL rpl_semi_sync_source_wait_for_replica_count=%d;
                SET GLOBAL rpl_semi_sync_source_enabled=ON;
                """.formatted(count);
    }

    /** Does {@code work} with all of them at once. */
    private static void each(List<FloorServer> servers, Work work) throws InterruptedException {
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> tasks = new ArrayList<>();
            servers.forEach(server -> tasks.add(() -> work.with(server)));
            for (Future<String> done : all.invokeAll(tasks)) {
                done.get();
            }
        } catch (ExecutionException failed) {
            throw new Failure(ExitCode.FAILED, "The floor failed: " + failed.getCause(), failed);
        }
    }

    @FunctionalInterface
    private interface Work {
        String with(FloorServer server) throws IOException, InterruptedException;
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> probes = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                probes.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return probes.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket probe : probes) {
                probe.close();
            }
        }
    }

    /** Kills what runs. */
    @Override
    public void close() {
        servers.forEach(FloorServer::close);
        servers.clear();
    }
}
