package dev.cotton.cli.view;

import dev.cotton.cli.client.Backup;
import dev.cotton.cli.terminal.Paint;
import dev.cotton.cli.terminal.Spans;
import dev.cotton.cli.terminal.Table;
import dev.cotton.core.model.DataSize;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Backups for people. */
public final class BackupText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    /** What a cluster has no policy of its own for. */
    private static final String OF_ALL = "as for all clusters";

    private BackupText() {}

    /** All of them, one in a row, as of {@code now}. */
    public static String list(Backup.All all, Instant now, Paint paint) {
        StringBuilder text = new StringBuilder();
        all.running().forEach(run -> text.append("Under way: ").append(run(run)).append('\n'));
        if (all.backups().isEmpty()) {
            text.append("There are no backups. Make one with: cotton backup <cluster>\n");
        } else {
            Table table = new Table("BACKUP", "CLUSTER", "STATE", "AGE", "DATA", "STORED", "RESTORE TOOK");
            for (Backup backup : all.backups()) {
                table.row(
                        backup.id(),
                        backup.cluster(),
                        state(backup, paint),
                        Spans.rough(Duration.between(backup.begunAt(), now)),
                        size(backup.data()),
                        size(backup.stored()),
                        backup.proof()
                                .filter(proof -> proof.why().isEmpty())
                                .map(proof -> Spans.of(proof.restoring()))
                                .orElse("-"));
            }
            text.append(table.text(paint));
        }
        all.trouble().ifPresent(why -> text.append('\n').append(why).append('\n'));
        return text.toString();
    }

    /** For instance {@code 76 MB}. */
    private static String size(String exact) {
        DataSize size = DataSize.parse(exact);
        return size.megabytes() == 0 ? "less than 1 MB" : size.megabytes() + " MB";
    }

    private static String state(Backup backup, Paint paint) {
        return switch (backup.state()) {
            case "proven" -> paint.green(backup.state());
            case "refuted" -> paint.red(backup.state());
            default -> backup.state();
        };
    }

    /** For instance {@code 20261231t235959z-demo-1 of demo, copying: rows are counted}. */
    public static String run(Backup.Run run) {
        return run.id() + " of " + run.cluster() + ", " + run.step()
                + run.progress()
                        .map(part -> " " + Math.round(part * 100) + " %")
                        .orElse("")
                + (run.why().isEmpty() ? "" : ": " + run.why());
    }

    /** One with all that is known of it. */
    public static String of(Backup backup, ZoneId zone, Paint paint) {
        StringBuilder text = new StringBuilder();
        text.append(paint.bold(backup.id()))
                .append(" is ")
                .append(state(backup, paint))
                .append("\n\n");
        line(text, "cluster", backup.cluster());
        line(text, "begun", TIME.format(backup.begunAt().atZone(zone)));
        line(text, "took", Spans.of(Duration.between(backup.begunAt(), backup.finishedAt())));
        line(text, "copied from", backup.source() + ", MySQL " + backup.mysql());
        line(text, "data", size(backup.data()) + ", " + size(backup.stored()) + " in the store");
        line(text, "has", backup.gtids());
        backup.proof().ifPresent(proof -> {
            line(text, "tried", TIME.format(proof.at().atZone(zone)));
            line(
                    text,
                    "proof",
                    proof.why().isEmpty()
                            ? "restored in " + Spans.of(proof.restoring()) + "; " + proof.tables()
                                    + " tables as they had been, looked at in " + Spans.of(proof.checking())
                                    + (proof.uncounted() == 0
                                            ? ""
                                            : "; rows of " + proof.uncounted() + " could not be compared")
                            : proof.why());
        });
        return text.append("\nTry next:\n  cotton create <new> --from-backup ")
                .append(backup.cluster())
                .append('@')
                .append(backup.id())
                .append("\n      a new cluster with its data\n")
                .toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("  ")
                .append(name)
                .repeat(' ', 14 - name.length())
                .append(value)
                .append('\n');
    }

    /** What a cluster could be restored from, and when the next is due, as of {@code now}. */
    static String standing(Backup.Standing standing, Instant now) {
        String proven = standing.lastProven()
                .map(backup -> "proven restorable as it was " + Spans.rough(Duration.between(backup.begunAt(), now))
                        + " ago"
                        + backup.proof()
                                .map(proof -> " (a restore took " + Spans.of(proof.restoring()) + ")")
                                .orElse(""))
                .orElse("none is proven yet");
        String archive = standing.archive().map(BackupText::archive).orElse("");
        return proven
                + archive
                + next(standing, now)
                + standing.running().map(run -> "; " + run(run)).orElse("");
    }

    /** What holds for a cluster, and what follows from it, as of {@code now}. */
    public static String policy(Backup.Standing standing, Instant now) {
        Backup.Policy policy = standing.policy();
        StringBuilder text = new StringBuilder();
        line(
                text,
                "schedule",
                policy.schedule()
                                .map(cron -> cron
                                        + policy.zone().map(zone -> " " + zone).orElse(""))
                                .orElse(OF_ALL)
                        + next(standing, now));
        line(text, "keep", number(policy.keep()));
        line(text, "keep daily", number(policy.keepDaily()));
        line(text, "keep weekly", number(policy.keepWeekly()));
        line(text, "keep monthly", number(policy.keepMonthly()));
        return text.toString();
    }

    private static String number(Optional<Integer> own) {
        return own.map(String::valueOf).orElse(OF_ALL);
    }

    private static String next(Backup.Standing standing, Instant now) {
        return standing.next()
                .map(at -> "; the next in " + Spans.rough(later(Duration.between(now, at))))
                .orElse("");
    }

    private static String archive(Backup.Archive archive) {
        return archive.phase().equals("waiting")
                ? ""
                : "; any point in time since, but for the last " + Spans.rough(archive.lag())
                        + (archive.why().isEmpty() ? "" : " (" + archive.why() + ")");
    }

    private static Duration later(Duration span) {
        return span.isNegative() ? Duration.ZERO : span;
    }
}
