package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.TaskState;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.PlacementSpec.DiskType;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import dev.cotton.scheduler.engine.mesos.offer.Agent;
import java.util.Optional;

/**
 * All that the engine persists about an instance. It is written before the master is told anything that follows from it.
 *
 * @param schema of this form
 * @param terms what it was asked for with
 * @param seat empty while none was found
 * @param attempts how many tasks there were so far: gives each a name of its own
 * @param task the latest one, empty before the first
 * @param sealedToken its enrolment token, sealed: what it is started with however often
 * @param lost why its data are gone for certain, empty when they are not
 * @param notice why it is to leave its seat; absent while it may stay
 */
public record MesosInstance(
        int schema,
        InstanceId id,
        Terms terms,
        Goal goal,
        Optional<Seat> seat,
        int attempts,
        Optional<Task> task,
        String sealedToken,
        String lost,
        Optional<String> notice) {
    public static final int SCHEMA = 2;

    /** What is to become of it. */
    public enum Goal {
        RUN,
        BIN,
        DESTROY
    }

    /**
     * A place on an agent.
     *
     * @param nonce what the reservations are labelled with: no two seats share one
     * @param used whether a task ever ran here: only then are there data
     */
    public record Seat(Agent agent, Ports ports, String nonce, boolean used) {
        /** The same when its machine comes back as another agent: as it does after it was down for maintenance. */
        Seat on(Agent other) {
            return new Seat(other, ports, nonce, used);
        }
    }

    /** @param message of the latest status, for people */
    public record Task(String id, TaskState state, String message) {}

    /**
     * What an instance is, wherever it is.
     *
     * @param cluster the cluster's uid
     * @param role whose offers it uses and which its resources are reserved for, as long as it lives
     * @param shareAgents whether it may be on an agent with others of its cluster
     * @param diskType what its volume is on
     */
    public record Terms(String cluster, Resources resources, String role, boolean shareAgents, DiskType diskType) {
        /** Whether its volume is all of a disk. */
        boolean wholeDisk() {
            return diskType == DiskType.MOUNT;
        }
    }

    static MesosInstance wanted(InstanceId id, Terms terms, String sealedToken) {
        return new MesosInstance(
                SCHEMA, id, terms, Goal.RUN, Optional.empty(), 0, Optional.empty(), sealedToken, "", Optional.empty());
    }

    String cluster() {
        return terms.cluster();
    }

    Resources resources() {
        return terms.resources();
    }

    String role() {
        return terms.role();
    }

    /** Whether its task may run, as far as anybody knows. */
    boolean live() {
        return task.filter(latest -> !latest.state().terminal()).isPresent();
    }

    /** Whether there may be data of it. */
    boolean used() {
        return seat.filter(Seat::used).isPresent();
    }

    boolean isLost() {
        return !lost.isEmpty();
    }

    MesosInstance withGoal(Goal next) {
        return new MesosInstance(schema, id, terms, next, seat, attempts, task, sealedToken, lost, notice);
    }

    /** Its next task, in {@code where}: nothing is lost that is offered again. */
    MesosInstance launched(Seat where) {
        Task next = new Task("cotton-" + id + "." + (attempts + 1), TaskState.TASK_STAGING, "");
        return new MesosInstance(
                schema, id, terms, goal, Optional.of(where), attempts + 1, Optional.of(next), sealedToken, "", notice);
    }

    /** The latest task is heard to be in another state. */
    MesosInstance heard(TaskState state, String message) {
        Optional<Task> next = task.map(latest -> new Task(latest.id(), state, message));
        boolean began = state == TaskState.TASK_RUNNING;
        Optional<Seat> where = seat.map(now -> new Seat(now.agent(), now.ports(), now.nonce(), now.used() || began));
        return new MesosInstance(schema, id, terms, goal, where, attempts, next, sealedToken, lost, notice);
    }

    MesosInstance lost(String why) {
        return new MesosInstance(schema, id, terms, goal, seat, attempts, task, sealedToken, why, notice);
    }

    MesosInstance withNotice(Optional<String> why) {
        return new MesosInstance(schema, id, terms, goal, seat, attempts, task, sealedToken, lost, why);
    }
}
