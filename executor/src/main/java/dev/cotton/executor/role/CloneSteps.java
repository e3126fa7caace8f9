package dev.cotton.executor.role;

import dev.cotton.core.wire.Setup;
import dev.cotton.executor.server.DataFolder;
import dev.cotton.executor.sql.OwnAccounts;
import dev.cotton.executor.sql.Row;
import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.Sessions.Scope;
import dev.cotton.executor.sql.SqlFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a donor's data by CLONE INSTANCE. The copy counts only when it was completed and mysqld started on it; before
 * that it is begun anew. For the reconciler's thread.
 */
final class CloneSteps {
    private static final Logger LOG = LoggerFactory.getLogger(CloneSteps.class);
    private static final Duration LONGEST_COPY = Duration.ofHours(24);
    private static final Duration LONGEST_STANDSTILL = Duration.ofMinutes(2);
    private static final Duration PACE = Duration.ofMillis(200);

    private final Supervisor supervisor;
    private final DataFolder folder;
    private final StatusBoard board;
    private final Predicate<Setup> wanted;

    /** @param wanted whether a copy for that setup is still to be made */
    CloneSteps(Supervisor supervisor, DataFolder folder, StatusBoard board, Predicate<Setup> wanted) {
        this.supervisor = supervisor;
        this.folder = folder;
        this.board = board;
        this.wanted = wanted;
    }

    /** @throws Obstacle when it did not succeed; to be tried again */
    void copy(Setup setup, Setup.Clone source) throws InterruptedException {
        // What runs was started for an attempt whose end nobody knows.
        supervisor.kill();
        folder.renew();
        FirstStart start = new FirstStart(supervisor, wanted);
        Server recipient = start.await(setup);
        CompletableFuture<Void> copying = begin(setup, source, recipient);
        watch(setup, recipient, copying);
        Server copy = start.await(setup);
        if (copy.processId() == recipient.processId()) {
            throw new Obstacle("The copy of " + source.donor() + " ended, and mysqld did not start on it.");
        }
        finish(source);
    }

    private CompletableFuture<Void> begin(Setup setup, Setup.Clone source, Server recipient) {
        Session session = recipient.sessions().open(Scope.THIS_SERVER, LONGEST_COPY);
        new ReadOnly(session).butForTheExecutor();
        session.execute(
                "SET GLOBAL clone_valid_donor_list = ?", source.endpoint().toString());
        session.execute("SET GLOBAL clone_ssl_ca = ?", folder.authority().toString());
        CompletableFuture<Void> copying = new CompletableFuture<>();
        Thread.ofVirtual().name("clone").start(() -> {
            try (session) {
                session.execute(
                        "CLONE INSTANCE FROM ?@?:" + source.endpoint().port() + " IDENTIFIED BY ? REQUIRE SSL",
                        OwnAccounts.CLONE,
                        source.endpoint().host(),
                        new OwnAccounts(setup.accounts().root()).password(OwnAccounts.CLONE));
                copying.complete(null);
            } catch (SqlFailure failure) {
                copying.completeExceptionally(failure);
            }
        });
        return copying;
    }

    /** Until mysqld runs on the copy. */
    private void watch(Setup setup, Server recipient, CompletableFuture<Void> copying) throws InterruptedException {
        double copied = 0;
        long movedAt = System.nanoTime();
        while (supervisor.server().equals(Optional.of(recipient))) {
            if (copying.isCompletedExceptionally()) {
                throwIfRefused(copying);
            }
            double now = progress();
            if (now > copied) {
                copied = now;
                movedAt = System.nanoTime();
                board.update(picture -> picture.withProgress(now));
            }
            boolean stuck = System.nanoTime() - movedAt > LONGEST_STANDSTILL.toNanos();
            if (stuck || !wanted.test(setup)) {
                supervisor.kill();
                throw new Obstacle(stuck ? "The copy stood still." : "Another setup came while data were copied.");
            }
            Thread.sleep(PACE);
        }
    }

    /** The connection breaks when the copy is complete, because mysqld starts anew. */
    private static void throwIfRefused(CompletableFuture<Void> copying) throws InterruptedException {
        try {
            copying.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SqlFailure failure && failure.code() != SqlFailure.NO_ANSWER) {
                throw new Obstacle("The donor's data could not be copied: " + failure.getMessage(), failure);
            }
        }
    }

    private double progress() {
        try {
            return supervisor
                    .session()
                    .first("SELECT COALESCE(SUM(data) / NULLIF(SUM(estimate), 0), 0) AS part"
                            + " FROM performance_schema.clone_progress")
                    .map(row -> Double.parseDouble(row.text("part")))
                    .map(part -> Math.min(1.0, part))
                    .orElse(0.0);
        } catch (SqlFailure | Obstacle restarting) {
            return 0;
        }
    }

    /** The copy brings the donor's replication settings along; they are not this member's. */
    private void finish(Setup.Clone source) {
        Session session = supervisor.session();
        Row status = session.first("SELECT state, error_message AS error FROM performance_schema.clone_status")
                .orElseThrow(() -> new Obstacle("mysqld knows nothing of the copy."));
        if (!status.text("state").equals("Completed")) {
            throw new Obstacle("The copy of " + source.donor() + " failed: " + status.text("error"));
        }
        if (ReplicationState.read(session).isPresent()) {
            session.execute("RESET REPLICA ALL");
        }
        LOG.info("The data of {} were copied.", source.donor());
    }
}
