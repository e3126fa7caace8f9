package dev.cotton.testing.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.wire.Answer;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.ExecutorConfig;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/** The instances of one cluster without a scheduler: the test gives the orders. Member i has slot i. */
public final class TestInstances implements AutoCloseable {
    /** The cluster user's name. */
    public static final String USER = "app";

    /** The cluster user's password. */
    public static final String PASSWORD = "it's a \"secret\"";

    /** The root secret of Cotton's own accounts, base64. */
    public static final String ROOT = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path home;
    private final ExecutorConfig.Programs programs;
    private final TestAuthority authority;
    private final SSLContext scheduler;
    private final List<TestExecutor> executors = new ArrayList<>();
    private final List<ExecutorCalls> calls = new ArrayList<>();
    private List<String> beginning = List.of();
    private DataSize disk = DataSize.ofMegabytes(2048);
    private long version;

    /** @param home an empty folder */
    public TestInstances(Path home, ExecutorConfig.Programs programs) {
        this.home = home;
        this.programs = programs;
        try {
            this.authority = new TestAuthority(Files.createDirectory(home.resolve("authority")));
            Files.createDirectory(home.resolve("instances"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.scheduler = authority.client("cotton-scheduler");
    }

    /** Executors are started by {@code command} from now on, which becomes the command that follows its own words. */
    public TestInstances beginWith(List<String> command) {
        beginning = List.copyOf(command);
        return this;
    }

    /** Instances that are added from now on have so much disk. */
    public TestInstances withDisk(DataSize size) {
        disk = size;
        return this;
    }

    /** Starts and enrols one more executor. */
    public int add() {
        InstanceId id = new InstanceId(new ClusterName("demo"), executors.size());
        TestExecutor executor = new TestExecutor(id, home.resolve("instances"), programs, FreePorts.onLoopback(), disk);
        ExecutorCalls call = new ExecutorCalls(executor.config().ports().executorEndpoint(), scheduler);
        executors.add(executor);
        calls.add(call);
        executor.beginWith(beginning);
        executor.start();
        eventually("an executor that waits to be enrolled", () -> call.enrol(authority, TestExecutor.TOKEN));
        eventually("an enrolled executor", call::status);
        return executors.size() - 1;
    }

    /** Adds {@code count} members with empty data. */
    public TestInstances addFromTemplate(int count) {
        for (int i = 0; i < count; i++) {
            int member = add();
            setup(member, new Setup.Template());
        }
        return this;
    }

    public Answer setup(int member, Setup.DataSource source) {
        return calls.get(member).setup(setup(member, Durability.LOSSLESS, source));
    }

    /** A setup under the next stamp. */
    public Setup setup(int member, Durability durability, Setup.DataSource source) {
        return new Setup(nextStamp(), member, durability, Map.of(), new Setup.Accounts(USER, PASSWORD, ROOT), source);
    }

    /** A stamp that is higher than every one before. */
    public Stamp nextStamp() {
        return new Stamp(1, 1, ++version);
    }

    /** Gives a role under the next stamp, and waits until it is established. */
    public Status establish(int member, Role role) {
        Stamp stamp = assign(member, role);
        return awaitStatus(member, status -> status.establishedAt(stamp));
    }

    /** Gives a role under the next stamp. */
    public Stamp assign(int member, Role role) {
        Stamp stamp = nextStamp();
        assertThat(calls.get(member).assign(new Assignment(stamp, role)).accepted())
                .isTrue();
        return stamp;
    }

    /** Gives a member its present role once more, under the same stamp. */
    public void confirm(int member) {
        Status.RoleReport report = calls.get(member).status().role().orElseThrow();
        calls.get(member).assign(new Assignment(report.stamp(), report.role()));
    }

    /** A primary that admits {@code admitted}. */
    public static Role primary(int ackCount, Integer... admitted) {
        return new Role.Primary(ackCount, new TreeSet<>(Set.of(admitted)), false);
    }

    /** A replica of {@code source}. */
    public Role replicaOf(int source, boolean acks) {
        return new Role.Replica(
                executor(source).id(), executor(source).config().ports().mysqlEndpoint(), acks, Set.of());
    }

    /** A signal for the mysqld of a member, for instance {@code STOP}. */
    public void signal(int member, String signal) {
        long processId = calls.get(member).status().usage().processId().orElseThrow();
        Shell.run("kill", "-" + signal, Long.toString(processId));
    }

    /** Member 0 as primary with one ack, and all others as acknowledging replicas of it that are connected. */
    public void replicate() {
        Set<Integer> others = new TreeSet<>();
        for (int i = 1; i < executors.size(); i++) {
            others.add(i);
        }
        establish(0, new Role.Primary(0, Set.of(), false));
        for (int other : others) {
            establish(other, new Role.Fenced());
        }
        establish(0, new Role.Primary(0, others, false));
        for (int other : others) {
            establish(other, replicaOf(0, true));
        }
        for (int other : others) {
            awaitMysql(
                    other,
                    report -> report.replication()
                            .filter(MysqlReport.Replication::receiving)
                            .isPresent());
        }
        establish(0, new Role.Primary(1, others, false));
    }

    /** Waits for a status, by the long poll. */
    public Status awaitStatus(int member, Predicate<Status> wanted) {
        return await().atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> calls.get(member).status(), wanted);
    }

    /** Waits for what mysqld says. */
    public MysqlReport awaitMysql(int member, Predicate<MysqlReport> wanted) {
        return awaitStatus(member, status -> status.mysql().filter(wanted).isPresent())
                .mysql()
                .orElseThrow();
    }

    private static void eventually(String what, Runnable attempt) {
        await(what)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> {
                    attempt.run();
                    return true;
                });
    }

    public TestExecutor executor(int member) {
        return executors.get(member);
    }

    public ExecutorCalls calls(int member) {
        return calls.get(member);
    }

    public TestAuthority authority() {
        return authority;
    }

    /** The logs of all executors, for a failed test's message. */
    public String logs() {
        StringBuilder all = new StringBuilder();
        executors.forEach(executor ->
                all.append("=== ").append(executor.id()).append('\n').append(executor.log()));
        return all.toString();
    }

    @Override
    public void close() {
        executors.forEach(TestExecutor::close);
    }
}
