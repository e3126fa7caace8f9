package dev.cotton.cli.backup;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Backup;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.follow.Patience;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.options.WaitOptions;
import dev.cotton.cli.terminal.Spans;
import dev.cotton.cli.terminal.Steps;
import dev.cotton.cli.view.BackupText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Predicate;

/** Follows a backup until nothing more happens to it, and shows its steps. */
public final class BackupFollower {
    private static final String COPYING = "copying";

    private final Shell shell;
    private final OutputOptions output;
    private final WaitOptions wait;

    public BackupFollower(Shell shell, OutputOptions output, WaitOptions wait) {
        this.shell = shell;
        this.output = output;
        this.wait = wait;
    }

    /**
     * @param begun it may get another id, when it has to begin anew
     * @param title what is going on
     * @return the backup
     * @throws Failure when there is none in the end
     */
    Document<Backup> follow(SchedulerClient client, Backup.Run begun, String title) {
        try (Steps steps = shell.steps(output.format())) {
            return ended(client, watched(client, begun, title, steps, _ -> false), steps);
        }
    }

    /**
     * As {@link #follow}, and no longer than until the copy is in the store.
     *
     * @return the backup's id
     */
    String copied(SchedulerClient client, Backup.Run begun, String title) {
        try (Steps steps = shell.steps(output.format())) {
            Backup.Run last =
                    watched(client, begun, title, steps, run -> !run.step().equals(COPYING));
            if (last.step().equals(COPYING)) {
                steps.failed();
                throw notMade(client, last);
            }
            steps.done(done(COPYING));
            return last.id();
        }
    }

    /** What it was when it ended, or first when {@code enough}. */
    private Backup.Run watched(
            SchedulerClient client, Backup.Run begun, String title, Steps steps, Predicate<Backup.Run> enough) {
        Patience patience = new Patience(wait.timeout(), shell.clock());
        steps.begin(title);
        Backup.Run last = begun;
        Optional<Backup.Run> now = Optional.of(begun);
        while (now.isPresent()) {
            if (enough.test(now.get())) {
                return now.get();
            }
            if (!last.step().equals(now.get().step())) {
                steps.done(done(last.step()));
                steps.begin(title);
            }
            last = now.get();
            steps.at(BackupText.run(last));
            if (!patience.pause()) {
                steps.failed();
                throw new Failure(
                        ExitCode.TIMEOUT,
                        "Not done after " + Spans.of(patience.limit()) + ": " + BackupText.run(last)
                                + " It goes on by itself; look with: cotton backups list");
            }
            now = running(client, begun, last);
        }
        return last;
    }

    private static String done(String step) {
        return switch (step) {
            case COPYING -> "Copied into the store";
            case "restoring" -> "Restored into a server of its own";
            case "checking" -> "Every table looked at";
            default -> "Cleaned up";
        };
    }

    private static Optional<Backup.Run> running(SchedulerClient client, Backup.Run begun, Backup.Run last) {
        try {
            return client.backups(Optional.of(begun.cluster())).value().running().stream()
                    .findFirst();
        } catch (Failure failure) {
            if (failure.exitCode() == ExitCode.UNREACHABLE) {
                return Optional.of(last);
            }
            throw failure;
        }
    }

    private Document<Backup> ended(SchedulerClient client, Backup.Run last, Steps steps) {
        try {
            Document<Backup> made = client.backup(last.id());
            steps.done(last.id() + " is " + made.value().state());
            output.write(shell, made.json(), paint -> BackupText.of(made.value(), ZoneId.systemDefault(), paint));
            return made;
        } catch (Failure missing) {
            steps.failed();
            throw missing.exitCode() == ExitCode.NOT_FOUND ? notMade(client, last) : missing;
        }
    }

    private static Failure notMade(SchedulerClient client, Backup.Run last) {
        Instant since = last.begunAt();
        String why = client.cluster(last.cluster()).value().backups().stream()
                .flatMap(standing -> standing.failures().stream())
                .filter(failure -> !failure.at().isBefore(since))
                .map(Backup.Failure::why)
                .reduce((first, second) -> second)
                .orElse("nobody says why.");
        return new Failure(ExitCode.FAILED, "No backup was made: " + why);
    }
}
