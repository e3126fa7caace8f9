package dev.cotton.executor.role;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.wire.Role;
import dev.cotton.executor.sql.Session;
import java.time.Duration;

/**
 * Makes this server, which is no primary any more, the candidate:
 *
 * <ol>
 *   <li>It is fenced: from here on what it has received is fixed.
 *   <li>It applies all of that, however long it takes, and then forgets its source. What it has is in its own binary log
 *       now, so nothing of this has to be done while clients wait for it to open.
 *   <li>The admitted ones, and nobody else, may attach below it.
 * </ol>
 */
final class CandidateSteps {
    /** Another order is to be heard soon, also while a large backlog is applied. */
    private static final Duration SLICE = Duration.ofMillis(200);

    private final Session session;

    CandidateSteps(Session session) {
        this.session = session;
    }

    /**
     * Idempotent.
     *
     * @return what this server had executed when all was done
     * @throws Obstacle when it cannot be done now, also while there is a backlog
     */
    GtidSet take(Role.Candidate role) throws InterruptedException {
        new Detaching(session).take(SLICE);
        new Admission(session).only(role.admitted());
        return new Position(session).reached();
    }
}
