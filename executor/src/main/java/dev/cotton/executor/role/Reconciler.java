package dev.cotton.executor.role;

import dev.cotton.core.model.Durability;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Status.RoleReport;
import dev.cotton.executor.server.ServerException;
import dev.cotton.executor.sql.ClusterUser;
import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.Sessions.Scope;
import dev.cotton.executor.sql.SqlFailure;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one loop that changes anything: it compares what was ordered with what is, does what is missing, and looks again
 * when something happens or some time has passed. Every step can be repeated.
 *
 * <p>A role is lost with its mysqld, or with the executor that established it. A primary's is then established again
 * only when a scheduler has assigned it anew (another member may have taken over), or when in a lossless cluster no
 * scheduler has been heard for a while: then this server can acknowledge nothing if another one has taken over, because
 * no replica of the in-sync set follows it.
 */
final class Reconciler implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration RETRY = Duration.ofMillis(300);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration NO_SCHEDULER = Duration.ofSeconds(6);
    private static final Duration YIELD = Duration.ofMillis(1500);
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final OrderBook book;
    private final Supervisor supervisor;
    private final Preparation preparation;
    private final Observer observer;
    private final StatusBoard board;
    private final SchedulerContact contact;
    private final Signal wake;
    private final Primacy primacy;
    private final Emptying emptying;
    private final RoleSteps roleSteps;
    private final ApplierPause pause;

    private volatile long assignmentsAtLoss;
    private volatile long yieldUntil = System.nanoTime();
    private String lastTold = "";

    Reconciler(Parts parts) {
        this.book = parts.book();
        this.supervisor = parts.supervisor();
        this.preparation = parts.preparation();
        this.observer = parts.observer();
        this.board = parts.board();
        this.contact = parts.contact();
        this.wake = parts.wake();
        this.primacy = parts.primacy();
        this.emptying = parts.emptying();
        this.roleSteps = parts.roleSteps();
        this.pause = parts.pause();
    }

    /** What the loop works with. */
    record Parts(
            OrderBook book,
            Supervisor supervisor,
            Preparation preparation,
            Observer observer,
            StatusBoard board,
            SchedulerContact contact,
            Signal wake,
            Primacy primacy,
            Emptying emptying,
            RoleSteps roleSteps,
            ApplierPause pause) {}

    /** Until interrupted. */
    @Override
    public void run() {
        try {
            supervisor.adopt();
            supervisor.processId().ifPresent(primacy::unknown);
            preparation.show();
            while (true) {
                wake.await(pass());
            }
        } catch (InterruptedException stop) {
            LOG.info("The reconciler ends; mysqld is left as it is.");
        }
    }

    /** mysqld ended or was started anew: what it was told before counts no more. */
    void roleLost() {
        assignmentsAtLoss = book.assignments();
        if (primacy.ended() && replaceable()) {
            yieldUntil = System.nanoTime() + YIELD.toNanos();
        }
        wake.raise();
    }

    /** Whether there may be another one to take over, and somebody to see to it. */
    private boolean replaceable() {
        boolean alone = book.orders()
                .assignment()
                .filter(latest -> latest.role() instanceof Role.Primary primary && primary.ackCount() == 0)
                .isPresent();
        return !alone && contact.silence().compareTo(NO_SCHEDULER) < 0;
    }

    private Duration pass() throws InterruptedException {
        Orders orders = book.orders();
        try {
            Duration pause = work(orders);
            tell("");
            return pause;
        } catch (Demotion.Undemotable undemotable) {
            LOG.warn("{} It is killed, and starts again read-only.", undemotable.getMessage());
            supervisor.kill();
            return Duration.ZERO;
        } catch (Obstacle obstacle) {
            tell(obstacle.getMessage());
            return obstacle.pause();
        } catch (SqlFailure failure) {
            tell(failure.getMessage());
            return RETRY;
        } catch (ServerException failure) {
            String sentence = String.valueOf(failure.getMessage());
            board.update(picture -> picture.withLifecycle(Lifecycle.FAILED, sentence));
            tell(sentence);
            return TICK;
        } catch (RuntimeException unexpected) {
            LOG.error("An unexpected error; it is tried again.", unexpected);
            tell("An unexpected error, see the executor's log: " + unexpected.getMessage());
            return TICK;
        }
    }

    private Duration work(Orders orders) throws InterruptedException {
        if (orders.stopped()) {
            stop(orders);
            return TICK;
        }
        if (orders.assignment().map(Assignment::role).orElse(null) instanceof Role.Emptied(var data, var errant)) {
            emptying.take(orders, data, errant);
        }
        Optional<Setup> latest = book.orders().setup();
        if (latest.isEmpty()) {
            board.update(picture -> orders.assignment()
                    .filter(assignment -> assignment.role() instanceof Role.Emptied)
                    .map(assignment -> established(assignment, picture, Optional.empty()))
                    .orElse(picture)
                    .withLifecycle(Lifecycle.EMPTY, "Waits for its setup."));
            return TICK;
        }
        Setup setup = latest.get();
        preparation.prepare(setup);
        yieldToFailover();
        supervisor.ensure(setup);
        supervisor.forgetInitFile();
        new Settings(board).keep(setup, supervisor.session());
        board.update(Reconciler::running);
        if (orders.assignment().isPresent()) {
            take(orders.assignment().get(), setup);
            if (orders.newPassword()) {
                changePassword(setup);
            }
        }
        return TICK;
    }

    private static Picture running(Picture picture) {
        return picture.lifecycle() == Lifecycle.RUNNING || picture.lifecycle() == Lifecycle.UNRESPONSIVE
                ? picture
                : picture.withLifecycle(Lifecycle.RUNNING, "");
    }

    private void stop(Orders orders) throws InterruptedException {
        roleSteps.forget();
        supervisor.stop(orders.setup());
        Assignment assignment = orders.assignment().orElseThrow();
        board.update(picture -> established(assignment, picture, Optional.empty())
                .withLifecycle(
                        orders.setup().isEmpty() ? Lifecycle.EMPTY : Lifecycle.STOPPED, "mysqld was stopped as told."));
    }

    private void take(Assignment assignment, Setup setup) throws InterruptedException {
        Picture picture = board.picture();
        if (picture.role().filter(report -> stands(report, assignment)).isPresent()) {
            keep(assignment, setup, picture);
            return;
        }
        long run = supervisor.ensure(setup).processId();
        Optional<GtidSet> reached = steps(assignment, setup, run);
        observer.look(seen ->
                seen.usage().processId().equals(Optional.of(run)) ? established(assignment, seen, reached) : seen);
        LOG.info("Established: {} under {}.", assignment.role(), assignment.stamp());
    }

    /** Looks after an established role. */
    private void keep(Assignment assignment, Setup setup, Picture picture) throws InterruptedException {
        boolean threadsStopped = picture.mysql()
                .flatMap(MysqlReport::replication)
                .filter(state -> (!state.applierRunning() && !pause.held())
                        || state.receiver().equals("OFF"))
                .isPresent();
        if (assignment.role() instanceof Role.Replica && (pause.resumes() || threadsStopped)) {
            roleSteps.forget();
            steps(assignment, setup, supervisor.ensure(setup).processId());
        }
        if (assignment.role() instanceof Role.Primary && waitsForNothing(picture)) {
            LOG.error("Commits have waited for a day and no scheduler was heard: mysqld is killed, because it would"
                    + " soon go on without acknowledgements.");
            supervisor.kill();
        }
    }

    /** Only where commits succeed: an account statement that waits for an ack would block all logins. */
    private void changePassword(Setup setup) {
        Picture picture = board.picture();
        boolean commits = picture.mysql()
                .flatMap(MysqlReport::heartbeatAge)
                .filter(age -> age.compareTo(FRESH) < 0)
                .isPresent();
        if (commits) {
            try (Session written = supervisor.open(Scope.CLUSTER)) {
                ClusterUser.changePassword(
                        written,
                        setup.accounts().clusterUser(),
                        setup.accounts().clusterPassword());
            }
            book.passwordGiven(setup);
        }
    }

    /** MySQL gives up waiting after 49.7 days, and then acknowledges what no replica has. */
    private boolean waitsForNothing(Picture picture) {
        return contact.silence().compareTo(LONGEST_WAIT) > 0
                && picture.mysql()
                        .filter(report -> report.semiSync().waiting() > 0)
                        .filter(report -> report.heartbeatAge()
                                .filter(age -> age.compareTo(LONGEST_WAIT) < 0)
                                .isEmpty())
                        .isPresent();
    }

    private static boolean stands(RoleReport report, Assignment assignment) {
        return report.established()
                && report.stamp().equals(assignment.stamp())
                && report.role().equals(assignment.role());
    }

    private Optional<GtidSet> steps(Assignment assignment, Setup setup, long run) throws InterruptedException {
        if (assignment.role() instanceof Role.Primary) {
            awaitConfirmation(assignment, setup);
        }
        if (pause.breakOff()) {
            roleSteps.forget();
        }
        // safety: an applier that stops only now would let a change of the source delete what is in the relay log.
        if (assignment.role() instanceof Role.Replica && pause.unsettled()) {
            throw new Obstacle("A backup was to pause the applier, and that has not ended yet.");
        }
        return roleSteps.take(assignment.role(), setup, run);
    }

    /** A mysqld that starts would take the processors from a failover that is under way, where hosts are shared. */
    private void yieldToFailover() {
        Duration left = Duration.ofNanos(yieldUntil - System.nanoTime());
        if (supervisor.processId().isEmpty() && left.isPositive()) {
            throw new Obstacle("mysqld was a primary and may be replaced now; it is started again after that.", left);
        }
    }

    private void awaitConfirmation(Assignment assignment, Setup setup) {
        if (book.assignments() > assignmentsAtLoss) {
            // safety: what was accepted since the loss may be another role than the one that this pass began with.
            if (!book.orders().assignment().equals(Optional.of(assignment))) {
                throw new Obstacle("Another role was ordered meanwhile.", Duration.ZERO);
            }
            return;
        }
        if (setup.durability() == Durability.ASYNC || contact.silence().compareTo(NO_SCHEDULER) < 0) {
            throw new Obstacle("This was the primary; it waits for the scheduler to say that it still is.");
        }
    }

    private static Picture established(Assignment assignment, Picture picture, Optional<GtidSet> reached) {
        return picture.role().filter(report -> same(report, assignment)).isPresent()
                ? picture.withRole(
                        Optional.of(new RoleReport(assignment.stamp(), assignment.role(), true, "")), reached)
                : picture;
    }

    private static boolean same(RoleReport report, Assignment assignment) {
        return report.stamp().equals(assignment.stamp()) && report.role().equals(assignment.role());
    }

    /** Says what keeps the role from being established. */
    private void tell(String obstacle) {
        if (!obstacle.equals(lastTold) && !obstacle.isEmpty()) {
            LOG.info("{}", obstacle);
        }
        lastTold = obstacle;
        board.update(picture -> picture.withRole(
                picture.role()
                        .map(report -> new RoleReport(report.stamp(), report.role(), report.established(), obstacle)),
                picture.reached()));
    }
}
