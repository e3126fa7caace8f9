package dev.cotton.cli.writers;

import java.util.function.Consumer;

/** The primary that somebody names. Thread-safe. */
public final class NamedPrimary implements PrimarySource {
    private volatile Primary primary;
    private volatile Consumer<Primary> changed = nobodyAsks -> {};

    public NamedPrimary(Primary first) {
        this.primary = first;
    }

    @Override
    public Primary primary() {
        return primary;
    }

    @Override
    public void start(Consumer<Primary> changed) {
        this.changed = changed;
    }

    /** Has all writers go there. */
    public void name(Primary another) {
        primary = another;
        changed.accept(another);
    }

    @Override
    public void close() {
        changed = nobodyAsks -> {};
    }
}
