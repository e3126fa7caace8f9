package dev.cotton.executor.role;

import dev.cotton.core.model.Stamp;
import dev.cotton.core.storage.BackupStores;
import dev.cotton.core.wire.Answer;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.BackupId;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Status.RoleReport;
import dev.cotton.core.wire.VerificationOrder;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes orders to verify, one at a time, and ends what is under way when data may change. Thread-safe. */
final class Verifications implements AutoCloseable {
    private final StatusBoard board;
    private final BackupStores stores;
    private final Supplier<Optional<Server>> server;
    private Optional<Running> latest = Optional.empty();

    /** @param under the role that it was begun in */
    private record Running(VerificationRun run, Role under, Thread thread) {}

    /** @param server the run of mysqld that answers */
    Verifications(StatusBoard board, BackupStores stores, Supplier<Optional<Server>> server) {
        this.board = board;
        this.stores = stores;
        this.server = server;
    }

    /** @param highest stamp seen */
    synchronized Answer order(VerificationOrder order, Stamp highest) {
        if (order.stamp().compareTo(highest) < 0) {
            return new Answer(false, highest, "A newer scheduler has given orders.");
        }
        if (latest.filter(running -> running.run().order().id().equals(order.id()))
                .isPresent()) {
            return new Answer(true, highest, "");
        }
        if (latest.filter(running -> running.thread().isAlive()).isPresent()) {
            return new Answer(false, highest, "Another verification is under way.");
        }
        Optional<Role> role = board.picture()
                .role()
                .filter(RoleReport::established)
                .map(RoleReport::role)
                .filter(Verifications::still);
        Optional<Server> answering = server.get();
        if (role.isEmpty() || answering.isEmpty()) {
            return new Answer(
                    false,
                    highest,
                    "Data are compared on a fenced instance or a frozen primary: elsewhere they change.");
        }
        VerificationRun run = new VerificationRun(order, board, stores);
        Thread thread = Thread.ofVirtual().name("verification").unstarted(() -> run.run(answering.get()));
        latest = Optional.of(new Running(run, role.get(), thread));
        thread.start();
        return new Answer(true, highest, "");
    }

    private static boolean still(Role role) {
        return role instanceof Role.Fenced || (role instanceof Role.Primary primary && primary.frozen());
    }

    /** Ends that one, if it is under way. */
    synchronized void cancel(BackupId id) {
        latest.filter(running -> running.run().order().id().equals(id))
                .ifPresent(running -> running.run().cancel("It was cancelled as told."));
    }

    /** A role was ordered, perhaps the same as before. */
    synchronized void ordered(Assignment assignment) {
        latest.filter(running -> !running.under().equals(assignment.role()))
                .ifPresent(running -> running.run().cancel("This instance was given another role."));
    }

    /** Ends what is under way. */
    @Override
    public synchronized void close() {
        latest.ifPresent(running -> running.run().cancel("The executor ends."));
    }
}
