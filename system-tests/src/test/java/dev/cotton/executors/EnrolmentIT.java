package dev.cotton.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.Enrolment;
import dev.cotton.core.wire.ExecutorApi;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.Renewal;
import dev.cotton.mysql.TestMysql;
import dev.cotton.testing.executor.ExecutorCalls;
import dev.cotton.testing.executor.FreePorts;
import dev.cotton.testing.executor.TestAuthority;
import dev.cotton.testing.executor.TestExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An executor that nobody knows yet, and who may tell it what once it is known. */
final class EnrolmentIT {
    @TempDir
    private Path temporary;

    private TestAuthority authority;
    private TestExecutor executor;
    private ExecutorCalls scheduler;

    @BeforeEach
    void start() throws IOException {
        authority = new TestAuthority(Files.createDirectory(temporary.resolve("authority")));
        executor = new TestExecutor(
                InstanceId.parse("demo-0"),
                Files.createDirectory(temporary.resolve("instances")),
                TestMysql.programs(),
                FreePorts.onLoopback());
        scheduler = calls("cotton-scheduler");
        executor.start();
        answers(() -> scheduler.plain(ExecutorApi.ENROLMENT));
    }

    @AfterEach
    void stop() {
        executor.close();
    }

    private ExecutorCalls calls(String name) {
        return new ExecutorCalls(executor.config().ports().executorEndpoint(), authority.client(name));
    }

    private static void answers(Runnable call) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> {
                    call.run();
                    return true;
                });
    }

    @Test
    void beforehandItKnowsOnePathAndAfterwardsNoPlainText() {
        assertThat(scheduler.plain(ExecutorApi.STATUS).statusCode()).isEqualTo(404);
        assertThat(scheduler.plain(ExecutorApi.ENROLMENT).body()).doesNotContain(TestExecutor.TOKEN);
        scheduler.enrol(authority, TestExecutor.TOKEN);
        answers(scheduler::status);
        assertThat(scheduler.status().lifecycle()).isEqualTo(Lifecycle.EMPTY);
        assertThatThrownBy(() -> scheduler.plain(ExecutorApi.ENROLMENT)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aGrantWithoutTheTokenIsRefusedAndAProvenOneStillTaken() {
        assertThat(scheduler.enrolment(new Enrolment.Grant("x", "y", "z")).statusCode())
                .isEqualTo(400);
        scheduler.enrol(authority, TestExecutor.TOKEN);
        answers(scheduler::status);
    }

    @Test
    void onlyASchedulerOfItsAuthorityIsListenedTo() throws IOException {
        scheduler.enrol(authority, TestExecutor.TOKEN);
        answers(scheduler::status);
        assertThat(calls("demo-1").get(ExecutorApi.STATUS).statusCode()).isEqualTo(403);
        TestAuthority stranger = new TestAuthority(Files.createDirectory(temporary.resolve("stranger")));
        ExecutorCalls pretender = new ExecutorCalls(
                executor.config().ports().executorEndpoint(), stranger.trusting("cotton-scheduler", authority));
        assertThatThrownBy(() -> pretender.get(ExecutorApi.STATUS)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void itStaysEnrolledAndItsCertificateIsRenewedInPlace() {
        scheduler.enrol(authority, TestExecutor.TOKEN);
        answers(scheduler::status);
        executor.kill();
        executor.start();
        answers(scheduler::status);
        String renewed =
                authority.sign("demo-0", "127.0.0.1", scheduler.renewal().publicKey());
        assertThat(scheduler
                        .put(ExecutorApi.CERTIFICATE, new Renewal.Grant(renewed))
                        .statusCode())
                .isEqualTo(204);
        ExecutorCalls later = calls("cotton-scheduler");
        assertThat(later.presented(ExecutorApi.STATUS)).isEqualToNormalizingNewlines(renewed);
    }

    @Test
    void whatCannotBeUnderstoodIsAnsweredWithASentence() {
        scheduler.enrol(authority, TestExecutor.TOKEN);
        answers(scheduler::status);
        assertThat(scheduler.putText(ExecutorApi.ROLE, "{\"role\":").statusCode())
                .isEqualTo(400);
        assertThat(scheduler.putText(ExecutorApi.ROLE, "null").statusCode()).isEqualTo(400);
        assertThat(scheduler.putText(ExecutorApi.ROLE, "{}").statusCode()).isEqualTo(400);
        assertThat(scheduler.putText(ExecutorApi.SETUP, " ".repeat(300_000)).statusCode())
                .isEqualTo(400);
        assertThat(scheduler.get("/v1/secrets").statusCode()).isEqualTo(404);
        assertThat(scheduler.get(ExecutorApi.STATUS + "?after=x").body()).contains("after: a whole number");
        assertThat(scheduler.get(ExecutorApi.LOG + "?name=passwd").body()).contains("name: mysqld or executor");
    }
}
