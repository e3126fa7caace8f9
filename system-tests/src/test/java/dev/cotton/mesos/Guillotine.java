package dev.cotton.mesos;

import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.Event;
import dev.cotton.core.port.StateStore.DeposedException;
import dev.cotton.scheduler.engine.EngineRecords;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Ends a scheduler, as SIGKILL does, at one of its steps outside itself: a record written, or a call to the master. From
 * then on nothing of it has any effect. Thread-safe.
 */
final class Guillotine {
    private final Optional<Cut> cut;
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private volatile boolean fallen;

    /**
     * Where it falls.
     *
     * @param step by its name, with how often there was such a one
     * @param done whether the step is done, and only its answer does not come
     */
    record Cut(String step, boolean done) {
        @Override
        public String toString() {
            return (done ? "after " : "before ") + step;
        }
    }

    /** @param cut empty: it never falls */
    Guillotine(Optional<Cut> cut) {
        this.cut = cut;
    }

    boolean fallen() {
        return fallen;
    }

    /** All steps so far, by their names. */
    List<String> steps() {
        return List.copyOf(steps);
    }

    private void step(String kind, Runnable work) {
        checkAlive();
        String name = kind + " #" + counts.merge(kind, 1, Integer::sum);
        steps.add(name);
        fallAt(new Cut(name, false));
        work.run();
        fallAt(new Cut(name, true));
    }

    private void checkAlive() {
        if (fallen) {
            throw end();
        }
    }

    /** What ends the scheduler's own thread without a word to anybody. */
    private static DeposedException end() {
        return new DeposedException("It was killed.");
    }

    private void fallAt(Cut here) {
        checkAlive();
        if (cut.equals(Optional.of(here))) {
            fallen = true;
            throw end();
        }
    }

    /** The same records, every write of which is a step. */
    <R> EngineRecords<R> records(EngineRecords<R> store, Function<R, String> description) {
        return new EngineRecords<>() {
            @Override
            public List<R> load() {
                checkAlive();
                return store.load();
            }

            @Override
            public void save(R record) {
                step("save " + description.apply(record), () -> store.save(record));
            }

            @Override
            public void remove(String name) {
                step("remove", () -> store.remove(name));
            }
        };
    }

    /** The same link, every call of which is a step, and every subscription. */
    MesosMaster master(MesosMaster link) {
        return new MesosMaster() {
            @Override
            public void start(Optional<String> frameworkId, Listener listener) {
                step("SUBSCRIBE", () -> link.start(frameworkId, ears(listener)));
            }

            @Override
            public void roles(List<String> roles, List<String> suppressed) {
                link.roles(roles, suppressed);
            }

            @Override
            public <T> T shown(String path, Reading<T> reading) {
                return link.shown(path, reading);
            }

            @Override
            public void call(Call call) {
                step(name(call), () -> link.call(call));
            }

            @Override
            public void close() {
                link.close();
            }
        };
    }

    private MesosMaster.Listener ears(MesosMaster.Listener listener) {
        return new MesosMaster.Listener() {
            @Override
            public void subscribed(String frameworkId) {
                hear(() -> step("SUBSCRIBED", () -> listener.subscribed(frameworkId)));
            }

            @Override
            public void event(Event event) {
                hear(() -> listener.event(event));
            }

            @Override
            public void disconnected(String why) {
                listener.disconnected(why);
            }

            @Override
            public void refused(MesosMaster.Refusal refusal) {
                listener.refused(refusal);
            }
        };
    }

    /** A link would subscribe again after an exception: one that was killed does nothing any more until it is closed. */
    private void hear(Runnable news) {
        try {
            checkAlive();
            news.run();
        } catch (DeposedException killed) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
            throw killed;
        }
    }

    private static String name(Call call) {
        return call instanceof Call.Accept accept
                ? accept.operations().stream()
                        .map(operation -> operation.type().name())
                        .collect(Collectors.joining(" ", "ACCEPT ", ""))
                : call.type().name();
    }
}
