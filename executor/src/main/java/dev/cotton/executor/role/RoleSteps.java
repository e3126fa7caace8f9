package dev.cotton.executor.role;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Setup;
import dev.cotton.executor.sql.OwnAccounts;
import dev.cotton.executor.sql.Sessions.Scope;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The steps to each role, on a mysqld that answers. What is to be no primary is demoted first of all. For the
 * reconciler's thread.
 */
final class RoleSteps {
    private final Supervisor supervisor;
    private final Observer observer;
    private final Primacy primacy;
    private final Path authority;

    /** What was done last, and since then nothing else: only this thread changes anything at mysqld. */
    private Optional<Taken> taken = Optional.empty();

    private record Taken(Role role, Setup setup, long run) {}

    /** @param authority the cluster authority's certificate, with which sources are verified */
    RoleSteps(Supervisor supervisor, Observer observer, Primacy primacy, Path authority) {
        this.supervisor = supervisor;
        this.observer = observer;
        this.primacy = primacy;
        this.authority = authority;
    }

    /**
     * Takes the role, or, when it was taken before and no other one since, only asks again what there is to be known.
     *
     * @param run the mysqld that it is done on
     * @return what was reached, for a role that is asked for it
     * @throws Obstacle when it cannot be done now
     * @throws Demotion.Undemotable when only SIGKILL ends what this server still is
     */
    Optional<GtidSet> take(Role role, Setup setup, long run) throws InterruptedException {
        Optional<Taken> wanted = Optional.of(new Taken(role, setup, run));
        if (taken.equals(wanted)) {
            return confirm(role);
        }
        boolean freezes = freezes(role, setup, run);
        forget();
        Optional<GtidSet> reached = freezes ? Optional.of(primarySteps().freeze()) : steps(role, setup, run);
        taken = wanted;
        return reached;
    }

    /** The role has to be taken again: something else was done at mysqld, or happened to it. */
    void forget() {
        taken = Optional.empty();
    }

    /** Whether nothing but the freeze is new: clients wait for it. */
    private boolean freezes(Role role, Setup setup, long run) {
        return role instanceof Role.Primary primary
                && primary.frozen()
                && taken.equals(Optional.of(
                        new Taken(new Role.Primary(primary.ackCount(), primary.admitted(), false), setup, run)));
    }

    private Optional<GtidSet> confirm(Role role) {
        return switch (role) {
            case Role.Candidate candidate -> reached();
            case Role.Primary primary -> reached();
            case Role.Replica replica -> {
                observer.hurry();
                yield Optional.empty();
            }
            case Role.Fenced fenced -> Optional.empty();
            case Role.Emptied emptied -> Optional.empty();
            case Role.Stopped stopped -> Optional.empty();
        };
    }

    private Optional<GtidSet> reached() {
        return Optional.of(new Position(supervisor.session()).reached());
    }

    private Optional<GtidSet> steps(Role role, Setup setup, long run) throws InterruptedException {
        return switch (role) {
            case Role.Stopped() -> Optional.empty();
            case Role.Fenced() -> {
                fence(run);
                yield Optional.empty();
            }
            case Role.Emptied emptied -> {
                // What there is now are other data.
                fence(run);
                yield Optional.empty();
            }
            case Role.Candidate candidate -> {
                demote(run);
                yield Optional.of(new CandidateSteps(supervisor.session()).take(candidate));
            }
            case Role.Replica replica -> {
                demote(run);
                observer.hurry();
                OwnAccounts accounts = new OwnAccounts(setup.accounts().root());
                new ReplicaSteps(supervisor.session(), accounts, setup.slot(), authority).take(replica);
                yield Optional.empty();
            }
            case Role.Primary primary -> {
                primacy.possible(run);
                yield Optional.of(primarySteps().take(primary, setup.accounts()));
            }
        };
    }

    private PrimarySteps primarySteps() {
        return new PrimarySteps(supervisor.session(), () -> supervisor.open(Scope.CLUSTER));
    }

    private void fence(long run) throws InterruptedException {
        demote(run);
        new FencedSteps(supervisor.session()).take();
    }

    private void demote(long run) {
        new Demotion(supervisor.session()).take();
        primacy.over(run);
    }
}
