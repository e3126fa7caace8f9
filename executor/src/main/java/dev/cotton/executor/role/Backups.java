package dev.cotton.executor.role;

import dev.cotton.core.model.Stamp;
import dev.cotton.core.wire.Answer;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.BackupId;
import dev.cotton.core.wire.BackupOrder;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Status.RoleReport;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes orders for backups, and sees that there is one at a time and that a role always comes first. Thread-safe. */
final class Backups implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final Duration PACE = Duration.ofMillis(100);

    private final BackupRun.Parts parts;
    private Thread settling = Thread.ofVirtual().unstarted(() -> {});
    private Optional<Running> latest = Optional.empty();

    /** @param under the role that it was begun in */
    private record Running(BackupRun run, Assignment under, Thread thread) {}

    Backups(BackupRun.Parts parts) {
        this.parts = parts;
    }

    /**
     * Removes what an earlier executor left behind; to be called once, first. The scratch folder goes last: while it is
     * there, the applier may still be told to stop.
     */
    void clean() {
        Scratch scratch = new Scratch(parts.folder().scratch());
        if (!scratch.exists()) {
            return;
        }
        scratch.empty();
        parts.pause().doubt();
        settling = Thread.ofVirtual().name("backup-end").start(() -> settle(scratch));
    }

    private void settle(Scratch scratch) {
        try {
            Optional<Server> answering = parts.server().get();
            while (answering.isEmpty()) {
                Thread.sleep(PACE);
                answering = parts.server().get();
            }
            new ApplierStop(answering.get(), parts.server(), parts.pause()).settle();
            parts.wakeReconciler().run();
            scratch.remove();
        } catch (InterruptedException end) {
            LOG.debug("The next executor sees to the applier.");
        }
    }

    /** @param highest stamp seen */
    synchronized Answer order(BackupOrder order, Stamp highest) {
        if (order.stamp().compareTo(highest) < 0) {
            return refused(highest, "A newer scheduler has given orders.");
        }
        if (latest.filter(running -> running.run().order().id().equals(order.id()))
                .isPresent()) {
            return accepted(highest);
        }
        if (latest.filter(running -> running.thread().isAlive()).isPresent()) {
            return refused(highest, "Another backup is being made.");
        }
        Optional<RoleReport> role = parts.board().picture().role().filter(RoleReport::established);
        Optional<Server> answering = parts.server().get();
        if (role.isEmpty()
                || answering.isEmpty()
                || parts.pause().unsettled()
                || !fit(role.get().role())) {
            return refused(
                    highest, "Backups are made by a replica that follows, or by the primary of a cluster of one.");
        }
        begin(order, role.get(), answering.get());
        return accepted(highest);
    }

    private void begin(BackupOrder order, RoleReport role, Server answering) {
        BackupRun run = new BackupRun(order, role.role() instanceof Role.Replica, parts);
        Thread thread = Thread.ofVirtual().name("backup").unstarted(() -> run.run(answering));
        latest = Optional.of(new Running(run, new Assignment(role.stamp(), role.role()), thread));
        thread.start();
    }

    private boolean fit(Role role) {
        return switch (role) {
            case Role.Replica replica -> follows();
            case Role.Primary primary ->
                primary.ackCount() == 0 && primary.admitted().isEmpty();
            case Role.Fenced() -> false;
            case Role.Candidate candidate -> false;
            case Role.Emptied emptied -> false;
            case Role.Stopped() -> false;
        };
    }

    private boolean follows() {
        return parts.board()
                .picture()
                .mysql()
                .flatMap(report -> report.replication())
                .filter(state -> state.receiving() && state.applierRunning())
                .isPresent();
    }

    private static Answer accepted(Stamp highest) {
        return new Answer(true, highest, "");
    }

    private static Answer refused(Stamp highest, String why) {
        return new Answer(false, highest, why);
    }

    /** Ends that backup, if it is being made. */
    synchronized void cancel(BackupId id) {
        latest.filter(running -> running.run().order().id().equals(id))
                .ifPresent(running -> running.run().cancel("It was cancelled as told."));
    }

    /**
     * A role was ordered, perhaps the same as before. While the applier is paused any other order ends the backup; later
     * only one that makes this server something else.
     */
    synchronized void ordered(Assignment assignment) {
        latest.filter(running -> running.thread().isAlive())
                .filter(running -> parts.pause().held()
                        ? !running.under().equals(assignment)
                        : !running.under()
                                .role()
                                .getClass()
                                .equals(assignment.role().getClass()))
                .ifPresent(running -> running.run().cancel("This instance was given another role."));
    }

    /** Ends what is being made. */
    @Override
    public synchronized void close() {
        settling.interrupt();
        latest.ifPresent(running -> {
            running.run().cancel("The executor ends.");
            running.thread().interrupt();
        });
    }
}
