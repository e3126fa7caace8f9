package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.OfferId;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Goal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells instances that they are to leave their agents, and answers the master's inverse offers: yes when nothing runs there
 * any more, no while something cannot go. While something is on its way the question is left open. Not thread-safe.
 */
final class Departures {
    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);

    /** A refusal is looked at again after that: the master asks anew. */
    private static final Duration REFUSAL = Duration.ofSeconds(10);

    /** What is new is looked for a place for so long before it counts as one that finds none. */
    private static final Duration LOOKING = Duration.ofSeconds(5);

    /** The master asks again after that, should something run there again. */
    private static final Duration CONSENT = Duration.ofMinutes(1);

    private final Roster roster;
    private final Maintenance maintenance;
    private final Map<String, String> said = new HashMap<>();

    Departures(Roster roster, Maintenance maintenance) {
        this.roster = roster;
        this.maintenance = maintenance;
        roster.all().stream()
                .map(Tracked::record)
                .forEach(instance -> instance.notice()
                        .ifPresent(why -> maintenance.remember(agent(instance).orElseThrow(), why)));
    }

    /** The agent where a task or data of it may be. */
    private static Optional<String> agent(MesosInstance instance) {
        return instance.seat()
                .filter(_ -> instance.live() || instance.used())
                .map(seat -> seat.agent().id());
    }

    /** @return what is to be said now */
    List<Call> tick() {
        maintenance.tick();
        roster.all().forEach(this::tell);
        List<Call> calls = new ArrayList<>();
        maintenance.unanswered().forEach((id, agent) -> answer(id, agent).ifPresent(calls::add));
        return calls;
    }

    private void tell(Tracked tracked) {
        MesosInstance instance = tracked.record();
        Optional<String> notice =
                agent(instance).filter(_ -> !instance.isLost()).flatMap(maintenance::notice);
        if (!notice.equals(instance.notice())) {
            LOG.info(
                    "{}: {}",
                    instance.id(),
                    notice.map(why -> "it is to leave its place: " + why).orElse("it may stay in its place"));
            roster.save(tracked, instance.withNotice(notice));
        }
    }

    private Optional<Call> answer(OfferId id, String agent) {
        if (maintenance.notice(agent).isEmpty()) {
            return Optional.empty();
        }
        List<MesosInstance> there = roster.live().values().stream()
                .map(Tracked::record)
                .filter(instance -> agent(instance).filter(agent::equals).isPresent())
                .toList();
        if (there.isEmpty()) {
            say(agent, "Nothing of Cotton's runs on the agent " + agent + " any more: its maintenance is agreed to.");
            return Optional.of(consent(id));
        }
        String stuck =
                there.stream().flatMap(instance -> obstacle(instance).stream()).collect(Collectors.joining(" "));
        if (stuck.isEmpty()) {
            return Optional.empty();
        }
        say(agent, "The agent " + agent + " cannot be left for its maintenance yet. " + stuck);
        return Optional.of(refusal(id));
    }

    /** Why what runs there cannot go now: another instance of its cluster finds no place. */
    private Optional<String> obstacle(MesosInstance leaver) {
        return roster.all().stream()
                .filter(other -> other.record().cluster().equals(leaver.cluster())
                        && other.record().goal() == Goal.RUN)
                .filter(other -> other.unchangedFor().compareTo(LOOKING) > 0)
                .flatMap(other -> other.waitsFor().stream()
                        .map(why ->
                                leaver.id() + " stays until " + other.record().id() + " has a place. " + why))
                .findFirst();
    }

    private void say(String agent, String what) {
        if (!what.equals(said.put(agent, what))) {
            LOG.info("{}", what);
        }
    }

    private Call consent(OfferId id) {
        maintenance.answered(id);
        return new Call.AcceptInverseOffers(List.of(id), Optional.of(Call.Filters.refuse(CONSENT)));
    }

    private Call refusal(OfferId id) {
        maintenance.answered(id);
        return new Call.DeclineInverseOffers(List.of(id), Optional.of(Call.Filters.refuse(REFUSAL)));
    }
}
