package dev.cotton.scheduler.backup;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When backups are made: a line of cron with five fields, in a time zone. Each cluster is late by a span of its own, so that not
 * all are copied at once. Thread-safe.
 */
public final class BackupSchedule {
    /** The most that a cluster is late. */
    static final Duration JITTER = Duration.ofMinutes(30);

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final String line;
    private final ZoneId zone;
    private final ExecutionTime times;

    private BackupSchedule(String line, ZoneId zone, Cron cron) {
        this.line = line;
        this.zone = zone;
        this.times = ExecutionTime.forCron(cron);
    }

    /** @throws IllegalArgumentException with a sentence when one of them is none */
    public static BackupSchedule parse(String line, String zone) {
        try {
            return new BackupSchedule(line, ZoneId.of(zone), PARSER.parse(line));
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("There is no time zone '" + zone + "'.", unknown);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "A schedule has the five fields of cron, for instance '0 3 * * *', not '" + line + "': "
                            + malformed.getMessage() + ".",
                    malformed);
        }
    }

    /** The first time after {@code last}, for the cluster with that uid; absent when there is none any more. */
    public Optional<Instant> next(Instant last, String uid) {
        Duration late = late(uid);
        return times.nextExecution(last.minus(late).atZone(zone))
                .map(time -> time.toInstant().plus(late));
    }

    private static Duration late(String uid) {
        return Duration.ofSeconds(Math.floorMod(uid.hashCode(), JITTER.toSeconds()));
    }

    @Override
    public String toString() {
        return line + " " + zone;
    }
}
