package dev.cotton.scheduler.rest.event;

import dev.cotton.scheduler.fleet.Fleet.Happened;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last events of one leader's term, for listeners who come back. What another leader told is not known here, so each
 * term begins anew. Not thread-safe.
 */
final class RecentEvents {
    static final int KEPT = 1024;
    private static final Pattern ID = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    private final Deque<NumberedEvent> kept = new ArrayDeque<>();
    private long term;
    private long last;

    private void enter(long now) {
        if (now != term) {
            term = now;
            last = 0;
            kept.clear();
        }
    }

    /** @param now the current term */
    NumberedEvent add(long now, Happened happened) {
        enter(now);
        last++;
        NumberedEvent numbered = new NumberedEvent(position(now), happened);
        kept.addLast(numbered);
        if (kept.size() > KEPT) {
            kept.removeFirst();
        }
        return numbered;
    }

    /** The id of the newest event of the current term, or one before its first. */
    String position(long now) {
        enter(now);
        return term + "-" + last;
    }

    /** All events after the one with that id; empty when some of them may not be known here. */
    Optional<List<NumberedEvent>> after(long now, String id) {
        enter(now);
        Matcher parts = ID.matcher(id);
        if (!parts.matches() || Long.parseLong(parts.group(1)) != term) {
            return Optional.empty();
        }
        long missed = last - Long.parseLong(parts.group(2));
        if (missed < 0 || missed > kept.size()) {
            return Optional.empty();
        }
        return Optional.of(kept.stream().skip(kept.size() - missed).toList());
    }
}
