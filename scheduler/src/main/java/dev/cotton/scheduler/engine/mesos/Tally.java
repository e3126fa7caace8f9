package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.Event;
import dev.cotton.core.mesos.Offer;
import dev.cotton.core.port.FrameworkFigures;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the engine has counted since this process began, over all its leaderships, and how things stand now. Thread-safe. */
public final class Tally {
    /** What only grows. */
    public enum Count {
        OFFERS("Offers that the master has made"),
        OFFERS_OF_OTHER_ROLES("Offers for a role that is none of the framework's"),
        OFFERS_UNUSED("Offers that were declined"),
        OFFERS_RESCINDED("Offers that the master has taken back"),
        SUBSCRIPTIONS("Times that the framework has registered: the first, and each time that it was connected again"),
        DISCONNECTIONS("Times that the connection to the master was lost"),
        RECONCILIATIONS("Times that the master was asked what became of tasks"),
        CALLS_REFUSED("Calls that the master did not take"),
        KILLS("Times that the master was asked to end a task"),
        TASKS_LAUNCHED("Tasks that were launched"),
        TASKS_FINISHED("Tasks that have ended well by themselves"),
        TASKS_FAILED("Tasks that have ended otherwise, or could not be started"),
        TASKS_KILLED("Tasks that were ended because that was wanted"),
        TASKS_LOST("Tasks that are gone with their agent, or did not come to one"),
        LEAKS_GIVEN_BACK("Reservations that no instance had, and that were given back");

        private final String meaning;

        Count(String meaning) {
            this.meaning = meaning;
        }

        /** A sentence, for people. */
        public String meaning() {
            return meaning;
        }
    }

    /** What goes up and down; 0 while this scheduler does not lead. */
    public enum Level {
        REGISTERED("1 while the framework is registered"),
        OFFERS_OUTSTANDING("Offers that are not answered yet"),
        INSTANCES_WAITING("Instances that wait for an offer: for a seat, or for their volume"),
        INSTANCES_UNREACHABLE("Instances on agents that the master does not hear");

        private final String meaning;

        Level(String meaning) {
            this.meaning = meaning;
        }

        /** A sentence, for people. */
        public String meaning() {
            return meaning;
        }
    }

    private final Map<Count, LongAdder> counts =
            Arrays.stream(Count.values()).collect(Collectors.toMap(Function.identity(), _ -> new LongAdder()));
    private final Map<Level, AtomicLong> levels =
            Arrays.stream(Level.values()).collect(Collectors.toMap(Function.identity(), _ -> new AtomicLong()));

    public long count(Count of) {
        return adder(of).sum();
    }

    public long level(Level of) {
        return gauge(of).get();
    }

    /** What the original counted too. */
    public FrameworkFigures figures() {
        return new FrameworkFigures(
                level(Level.REGISTERED) == 1,
                new FrameworkFigures.Offers(
                        count(Count.OFFERS), count(Count.OFFERS_OF_OTHER_ROLES), count(Count.OFFERS_UNUSED)),
                new FrameworkFigures.Tasks(
                        count(Count.TASKS_LAUNCHED),
                        count(Count.TASKS_FINISHED),
                        count(Count.TASKS_FAILED),
                        count(Count.TASKS_KILLED),
                        count(Count.TASKS_LOST)));
    }

    void add(Count of) {
        adder(of).increment();
    }

    void set(Level of, long value) {
        gauge(of).set(value);
    }

    /** Nothing stands any more: another scheduler may lead now. */
    void rest() {
        levels.values().forEach(level -> level.set(0));
    }

    /** @param roles of the framework */
    void heard(Event event, Collection<String> roles) {
        switch (event) {
            case Event.Offers(var offered) -> {
                adder(Count.OFFERS).add(offered.size());
                adder(Count.OFFERS_OF_OTHER_ROLES)
                        .add(offered.stream()
                                .filter(offer -> isOther(offer, roles))
                                .count());
            }
            case Event.Rescind _ -> add(Count.OFFERS_RESCINDED);
            default -> {}
        }
    }

    private static boolean isOther(Offer offer, Collection<String> roles) {
        return offer.allocationInfo()
                .filter(allocated -> !roles.contains(allocated.role()))
                .isPresent();
    }

    /** A call that the master has taken. */
    void said(Call call) {
        switch (call) {
            case Call.Decline decline ->
                adder(Count.OFFERS_UNUSED).add(decline.offerIds().size());
            case Call.Reconcile _ -> add(Count.RECONCILIATIONS);
            case Call.Kill _ -> add(Count.KILLS);
            default -> {}
        }
    }

    /** What was persisted of an instance. */
    void became(MesosInstance before, MesosInstance next) {
        if (next.attempts() > before.attempts()) {
            add(Count.TASKS_LAUNCHED);
        } else if (before.live() && !next.live()) {
            next.task().ifPresent(this::ended);
        }
    }

    private void ended(MesosInstance.Task task) {
        switch (task.state()) {
            case TASK_FINISHED -> add(Count.TASKS_FINISHED);
            case TASK_FAILED, TASK_ERROR -> add(Count.TASKS_FAILED);
            case TASK_KILLED -> add(Count.TASKS_KILLED);
            case TASK_LOST, TASK_DROPPED, TASK_GONE, TASK_GONE_BY_OPERATOR -> add(Count.TASKS_LOST);
            case TASK_STAGING,
                    TASK_STARTING,
                    TASK_RUNNING,
                    TASK_KILLING,
                    TASK_UNREACHABLE,
                    TASK_UNKNOWN,
                    UNRECOGNIZED -> {}
        }
    }

    private LongAdder adder(Count of) {
        return Objects.requireNonNull(counts.get(of));
    }

    private AtomicLong gauge(Level of) {
        return Objects.requireNonNull(levels.get(of));
    }
}
