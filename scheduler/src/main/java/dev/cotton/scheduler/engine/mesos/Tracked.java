package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Engine.Presence;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Goal;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Seat;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Task;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** An instance, with what is remembered of it in this leadership only. Not thread-safe. */
final class Tracked {
    private static final Duration SETTLED = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int DOUBLINGS = 6;

    private final LongSupplier nanos;
    private MesosInstance record;
    private String shortage = "";
    private long changedAt;
    private Optional<Long> killedAt = Optional.empty();
    private int failures;

    Tracked(MesosInstance record, LongSupplier nanos) {
        this.record = record;
        this.nanos = nanos;
        this.changedAt = nanos.getAsLong();
    }

    MesosInstance record() {
        return record;
    }

    /** What is persisted now. */
    void became(MesosInstance next) {
        boolean ended = record.live() && !next.live() && next.goal() == Goal.RUN;
        if (ended) {
            failures = unchangedFor().compareTo(SETTLED) > 0 ? 1 : failures + 1;
        }
        if (!next.task().equals(record.task()) || next.goal() != record.goal()) {
            changedAt = nanos.getAsLong();
            killedAt = Optional.empty();
        }
        record = next;
        shortage = "";
    }

    /** Since its task or its goal changed last, in this leadership. */
    Duration unchangedFor() {
        return Duration.ofNanos(nanos.getAsLong() - changedAt);
    }

    void shortOf(String why) {
        shortage = why;
    }

    void shortUnlessSaid(String why) {
        shortage = shortage.isEmpty() ? why : shortage;
    }

    /** Whether it may be launched now: not just after its last task has failed. */
    boolean due() {
        return dueFor(Duration.ZERO);
    }

    /** Whether it might have been launched for so long. */
    boolean dueFor(Duration span) {
        Duration pause =
                failures == 0 ? Duration.ZERO : FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
        return unchangedFor().minus(pause).compareTo(span) >= 0;
    }

    /** Whether its task is to be killed now, and was not within {@code repeat}. */
    boolean killDue(Duration repeat) {
        boolean due = record.live()
                && record.goal() != Goal.RUN
                && killedAt.filter(at -> nanos.getAsLong() - at < repeat.toNanos())
                        .isEmpty();
        if (due) {
            killedAt = Optional.of(nanos.getAsLong());
        }
        return due;
    }

    /** Whether nobody knows if its task runs. */
    boolean away() {
        return record.task()
                .filter(task -> switch (task.state()) {
                    case TASK_UNREACHABLE, TASK_UNKNOWN -> true;
                    default -> false;
                })
                .isPresent();
    }

    /** Where it is, for the rest of the scheduler. */
    Place place(MesosSettings.Patience patience) {
        Presence presence = presence(patience);
        return new Place(
                presence,
                record.seat().map(seat -> seat.agent().hostname()).orElse(""),
                record.seat().map(Seat::ports),
                presence == Presence.BINNED ? "" : "container of a Mesos agent",
                why(presence),
                record.notice().orElse(""));
    }

    /** What it waits for; absent when it does not. */
    Optional<String> waitsFor() {
        return Optional.of(shortage).filter(why -> !why.isEmpty());
    }

    /** Where it is while nothing is heard from the master, for {@code why}. */
    Place unheard(MesosSettings.Patience patience, String why) {
        Place last = place(patience);
        Presence presence = record.live() ? Presence.UNREACHABLE : last.presence();
        return new Place(presence, last.host(), last.ports(), last.isolation(), why, last.notice());
    }

    private Presence presence(MesosSettings.Patience patience) {
        if (record.isLost()) {
            return Presence.LOST;
        }
        if (away()) {
            return unchangedFor().compareTo(patience.agentAway()) > 0 ? Presence.LOST : Presence.UNREACHABLE;
        }
        if (record.live()) {
            return running() ? Presence.RUNNING : Presence.STARTING;
        }
        return switch (record.goal()) {
            case BIN -> Presence.BINNED;
            case DESTROY -> Presence.RUNNING;
            case RUN -> record.used() || shortage.isEmpty() ? Presence.STARTING : Presence.WAITING;
        };
    }

    private boolean running() {
        return record.task()
                .filter(task -> switch (task.state()) {
                    case TASK_RUNNING, TASK_KILLING -> true;
                    default -> false;
                })
                .isPresent();
    }

    private String ended(String said) {
        return record.used()
                ? "its task ended (" + said + "); it waits for its volume to be offered again"
                : "its last task did not start (" + said + "); another place is looked for";
    }

    private String why(Presence presence) {
        String said = record.task().map(Task::message).orElse("");
        return switch (presence) {
            case LOST -> record.isLost() ? record.lost() : "its agent has not been heard for too long";
            case UNREACHABLE -> "its agent is not heard; it may run";
            case WAITING -> shortage;
            case STARTING -> record.live() || said.isEmpty() ? "" : ended(said);
            case RUNNING -> record.goal() == Goal.DESTROY ? "it is being destroyed" : "";
            case BINNED -> "";
        };
    }
}
