package dev.cotton.testing.fake;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.port.Executors;
import dev.cotton.core.wire.Answer;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Status;
import dev.cotton.core.wire.Trust;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** Executors that say what a test has them say, and remember what they were told. Thread-safe. */
public final class FakeExecutors implements Executors {
    private static final Heard NOTHING = new Heard(Optional.empty(), Duration.ZERO, false, "nothing was heard yet");

    private final Map<InstanceId, Heard> heard = new ConcurrentHashMap<>();
    private final Map<InstanceId, Runnable> listeners = new ConcurrentHashMap<>();
    private final List<Told> told = new ArrayList<>();
    private final BiFunction<InstanceId, Object, Answer> answers;

    /** A command that arrived: a {@link Setup}, an {@link Assignment} or a {@link Trust}. */
    public record Told(InstanceId id, Object command) {}

    /**
     * @param answers to commands; may throw {@link dev.cotton.core.port.Executors.UnreachableException}
     */
    public FakeExecutors(BiFunction<InstanceId, Object, Answer> answers) {
        this.answers = answers;
    }

    /** {@code id} reports {@code status}, now. */
    public void report(InstanceId id, Status status) {
        put(id, new Heard(Optional.of(status), Duration.ZERO, true, ""));
    }

    /** {@code id} has not answered for {@code silence}. */
    public void fallSilent(InstanceId id, Duration silence) {
        Heard last = heard.getOrDefault(id, NOTHING);
        put(id, new Heard(last.status(), silence, false, id + " does not answer"));
    }

    private void put(InstanceId id, Heard news) {
        heard.put(id, news);
        Optional.ofNullable(listeners.get(id)).ifPresent(Runnable::run);
    }

    /** All commands, in the order in which they came. */
    public synchronized List<Told> told() {
        return List.copyOf(told);
    }

    /** Who is listened to now. */
    public List<InstanceId> watched() {
        return listeners.keySet().stream().sorted().toList();
    }

    @Override
    public void watch(InstanceId id, Ports ports, String token, Runnable onNews) {
        listeners.put(id, onNews);
    }

    @Override
    public void forget(InstanceId id) {
        listeners.remove(id);
    }

    @Override
    public Heard heard(InstanceId id) {
        return heard.getOrDefault(id, NOTHING);
    }

    @Override
    public Answer setup(InstanceId id, Setup setup) {
        return tell(id, setup);
    }

    @Override
    public Answer assign(InstanceId id, Assignment assignment) {
        return tell(id, assignment);
    }

    @Override
    public Answer trust(InstanceId id, Trust trust) {
        return tell(id, trust);
    }

    private Answer tell(InstanceId id, Object command) {
        synchronized (this) {
            told.add(new Told(id, command));
        }
        return answers.apply(id, command);
    }

    @Override
    public LogPiece log(InstanceId id, String log, long offset, int limit) {
        return new LogPiece("", Math.max(0, offset));
    }

    @Override
    public void close() {
        listeners.clear();
    }
}
