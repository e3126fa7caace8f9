package dev.cotton.core.control;

import dev.cotton.core.control.Assessment.State;
import dev.cotton.core.model.Event;
import java.util.Optional;

/** Tells people when the state of a cluster changes. */
final class Telling implements Rule {
    @Override
    public Optional<Change> next(Situation situation) {
        Assessment now = Assess.of(situation);
        if (now.state() == State.CREATING
                || now.state() == State.DELETING
                || now.state() == State.LOOKING
                || now.state() == State.FAILING_OVER
                || now.state() == State.SWITCHING_OVER
                || now.state().name().equals(situation.record().said())) {
            return Optional.empty();
        }
        return Optional.of(Change.of(
                Event.Kind.STATE_CHANGED,
                now.state() + ": " + now.why(),
                change -> change.said(now.state().name())));
    }
}
