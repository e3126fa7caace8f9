package dev.cotton.cli.bench;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.port.Installation;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The least that one more copy of a server's data takes on this machine, by hand: another server, which runs already, clones
 * it, and is started on the copy. Nobody looks after it, and it does not even replicate. Used by one thread.
 */
final class ScaleFloor {
    /** It was to start again by itself, and has nobody who does that. The data are complete. */
    private static final int NO_SUPERVISOR = 3707;

    private final FilledFloor filled;
    private final Duration limit;

    private ScaleFloor(FilledFloor filled, Duration limit) {
        this.filled = filled;
        this.limit = limit;
    }

    /**
     * Prepares a server with data.
     *
     * @param limit for each step
     */
    static ScaleFloor in(Throwaway place, Installation mysql, DataSize data, Duration limit)
            throws IOException, InterruptedException {
        return new ScaleFloor(FilledFloor.in(place, mysql, data, limit), limit);
    }

    /** Has an empty server clone the one with data, and starts it on them. */
    Timed copy() throws IOException, InterruptedException {
        Floor floor = filled.floor();
        FloorServer empty = floor.startAlone();
        try {
            Stopwatch steps = begin(HandServer.of(filled.database(), empty, limit));
            empty.awaitEnd();
            steps.done("server ended");
            FloorServer copied = floor.startAgain(empty);
            Timed timed = steps.stop("server started");
            check(copied);
            return timed;
        } catch (SQLException e) {
            throw FilledFloor.failure(e);
        } finally {
            floor.remove(empty);
        }
    }

    /** Afterwards the server ends, sooner when nobody is connected any more. */
    private Stopwatch begin(HandServer recipient) throws SQLException {
        int donor = filled.server().server().port();
        try {
            recipient.execute("SET GLOBAL read_only=OFF");
            recipient.execute("SET GLOBAL clone_valid_donor_list='127.0.0.1:" + donor + "'");
            Stopwatch steps = new Stopwatch();
            copy(recipient, donor);
            steps.done("cloned");
            return steps;
        } finally {
            recipient.close();
        }
    }

    private static void copy(HandServer recipient, int donor) throws SQLException {
        try {
            recipient.execute(Floor.cloneOf(donor));
        } catch (SQLException ended) {
            if (ended.getErrorCode() != NO_SUPERVISOR) {
                throw ended;
            }
        }
    }

    private void check(FloorServer copied) throws SQLException {
        HandServer copy = HandServer.of(filled.database(), copied, limit);
        try {
            String state = copy.value("SELECT state FROM performance_schema.clone_status");
            if (!state.equals("Completed")) {
                throw new Failure(ExitCode.FAILED, "The floor failed: its copy is " + state + ".");
            }
        } finally {
            copy.close();
        }
    }
}
