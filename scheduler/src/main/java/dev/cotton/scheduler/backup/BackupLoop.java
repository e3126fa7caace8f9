package dev.cotton.scheduler.backup;

import dev.cotton.core.backup.BackupEntry;
import dev.cotton.core.backup.BackupPolicy;
import dev.cotton.core.backup.BackupRecord;
import dev.cotton.core.backup.BackupRun;
import dev.cotton.core.backup.BackupRun.Step;
import dev.cotton.core.backup.BackupSource;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.port.Executors.UnreachableException;
import dev.cotton.core.wire.Answer;
import dev.cotton.core.wire.BackupId;
import dev.cotton.core.wire.BackupManifest;
import dev.cotton.core.wire.BackupOrder;
import dev.cotton.core.wire.BackupPlace;
import dev.cotton.core.wire.BackupReport;
import dev.cotton.core.wire.DataKey;
import dev.cotton.core.wire.Status;
import dev.cotton.scheduler.fleet.ClusterView;
import dev.cotton.scheduler.fleet.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backups of one cluster, one at a time. Each step is persisted before anything follows from it, so that another leader
 * goes on where this one was. {@link #cycle} and requests wait for each other; {@link #progress} waits for nobody.
 */
final class BackupLoop {
    private static final Logger LOG = LoggerFactory.getLogger(BackupLoop.class);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmss'z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** After that a copy is begun on another instance. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Duration LONGEST_WAIT_FOR_A_SOURCE = Duration.ofHours(6);
    private static final int ATTEMPTS = 3;

    /** Before the second attempt, counted from the begin of the first; twice as long before the third. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final BackupDuty duty;
    private BackupRecord record;
    private Optional<Proving> proving = Optional.empty();
    private volatile Optional<BackupProgress> progress = Optional.empty();
    private volatile BackupRecord shown;

    BackupLoop(BackupDuty duty, BackupRecord record) {
        this.duty = duty;
        this.record = record;
        this.shown = record;
        show("It is taken over.", Optional.empty());
    }

    /** What is persisted. */
    BackupRecord record() {
        return shown;
    }

    /** How the one goes that is under way. */
    Optional<BackupProgress> progress() {
        return progress;
    }

    /** Begins one for somebody who asked. */
    synchronized BackupRun begin(ClusterView view, Instant now) {
        refuseIfBusy();
        BackupRun run = fresh(view, true, now);
        save(record.with(run));
        return run;
    }

    /** Has a backup that is there proven again. */
    synchronized void prove(BackupEntry entry, Instant now) {
        refuseIfBusy();
        save(record.with(again(entry, true, now)));
    }

    private void refuseIfBusy() {
        record.run().ifPresent(run -> {
            throw new Refusal(
                    Refusal.Code.CONFLICT,
                    "The backup " + run.id() + " of " + record.cluster() + " is under way; nothing was changed.");
        });
    }

    /** When the next one is due by the schedule. */
    Optional<Instant> next(ClusterView view) {
        Instant last = shown.lastDue().orElse(view.record().createdAt());
        return duty.settings().schedule(shown.policy()).flatMap(schedule -> schedule.next(last, shown.uid()));
    }

    /** What holds for this cluster alone from now on. */
    synchronized void follow(BackupPolicy policy) {
        save(record.with(policy));
    }

    /**
     * One look at everything, and what follows.
     *
     * @param view absent when the cluster is gone
     */
    synchronized void cycle(Optional<ClusterView> view, Instant now) {
        try {
            if (record.run().isEmpty()) {
                view.ifPresent(seen -> beginIfDue(seen, now));
            }
            record.run().ifPresent(run -> goOn(run, view, now));
        } catch (UnreachableException silent) {
            LOG.debug("{}: {}", record.cluster(), silent.getMessage());
        }
    }

    private void beginIfDue(ClusterView view, Instant now) {
        boolean due = next(view).filter(time -> !now.isBefore(time)).isPresent();
        if (due && BackupSource.of(view.record(), view.observation()).isPresent()) {
            save(record.withDue(fresh(view, false, now), now));
        } else {
            interrupted().ifPresent(entry -> save(record.with(again(entry, false, now))));
        }
    }

    /** The newest backup, when its proof never came to an end. */
    private Optional<BackupEntry> interrupted() {
        return duty.catalog().entries().stream()
                .filter(entry -> entry.place().cluster().equals(record.uid()))
                .findFirst()
                .filter(entry -> entry.proof().isEmpty());
    }

    private BackupRun fresh(ClusterView view, boolean asked, Instant now) {
        Optional<InstanceId> source = BackupSource.of(view.record(), view.observation());
        String from = source.map(InstanceId::toString).orElse(record.cluster().value());
        return run(place(from, now), Step.COPYING, asked, source, now);
    }

    private BackupPlace place(String from, Instant now) {
        String name = TIME.format(now) + "-" + from.replaceAll("[^a-zA-Z0-9]", "-");
        return duty.catalog()
                .place(record.cluster(), record.uid(), new BackupId(name.substring(0, Math.min(63, name.length()))));
    }

    private BackupRun run(BackupPlace place, Step step, boolean asked, Optional<InstanceId> source, Instant now) {
        DataKey key = duty.outside().secrets().newBackupKey(place);
        return made(place, DataKey.sealed(key.id(), key.wrapped()), step, asked, source, now);
    }

    private BackupRun again(BackupEntry entry, boolean asked, Instant now) {
        BackupManifest.Encryption encryption = entry.manifest().encryption();
        return made(
                entry.place(),
                DataKey.sealed(encryption.keyId(), encryption.wrappedKey()),
                Step.RESTORING,
                asked,
                Optional.empty(),
                now);
    }

    private BackupRun made(
            BackupPlace place, DataKey key, Step step, boolean asked, Optional<InstanceId> source, Instant now) {
        String secrets = duty.outside().secrets().seal("proof-" + place.cluster(), Optional.empty());
        return new BackupRun(place, key, step, asked, source, 1, now, now, secrets, Optional.empty(), "");
    }

    private void goOn(BackupRun run, Optional<ClusterView> view, Instant now) {
        switch (run.step()) {
            case COPYING -> copy(run, view, now);
            case RESTORING, CHECKING, CLEANING -> prove(run, now);
        }
    }

    private void copy(BackupRun run, Optional<ClusterView> view, Instant now) {
        if (view.isEmpty()) {
            save(record.with(run.failed("The cluster is gone.", now)));
            return;
        }
        Optional<BackupReport> report = run.source()
                .flatMap(source -> view.get().observation().status(source))
                .flatMap(Status::backup)
                .filter(known -> known.id().equals(run.id()));
        if (report.isEmpty()) {
            order(run, view.get(), now);
            return;
        }
        show(sentence(run, report.get()), fraction(report.get()));
        switch (report.get().phase()) {
            case DONE -> {
                duty.catalog().refresh();
                save(record.with(run.at(Step.RESTORING, now)));
            }
            case FAILED, CANCELLED ->
                anotherAttempt(run, view.get(), report.get().failure(), now);
            case PREPARING, COPYING, COUNTING, STORING -> {}
        }
    }

    private static String sentence(BackupRun run, BackupReport report) {
        return name(run) + ": "
                + switch (report.phase()) {
                    case PREPARING, COPYING -> "mysqld copies its data";
                    case COUNTING -> "rows are counted";
                    case STORING, DONE -> "the copy goes into the store";
                    case FAILED, CANCELLED -> report.failure();
                };
    }

    private static String name(BackupRun run) {
        return run.source().map(InstanceId::toString).orElse("The instance that was to be copied");
    }

    private static Optional<Double> fraction(BackupReport report) {
        return report.estimated().bytes() == 0
                ? Optional.empty()
                : Optional.of(Math.min(
                        1.0, (double) report.done().bytes() / report.estimated().bytes()));
    }

    /** Orders it, or again: an executor forgets it with its restart. */
    private void order(BackupRun run, ClusterView view, Instant now) {
        Optional<InstanceId> fit = BackupSource.of(view.record(), view.observation());
        boolean heard = run.source()
                .filter(source -> view.record().member(source).isPresent())
                .flatMap(source -> view.observation().status(source))
                .isPresent();
        if (run.source().isEmpty() || (!heard && longer(run, SILENCE, now))) {
            if (fit.isPresent()) {
                anotherAttempt(run, view, name(run) + " does not answer.", now);
            } else if (longer(run, LONGEST_WAIT_FOR_A_SOURCE, now)) {
                save(record.with(run.failed(
                        "No instance could be copied: " + view.assessment().why(), now)));
            } else {
                show("An instance is waited for whose data can be copied.", Optional.empty());
            }
            return;
        }
        if (heard) {
            InstanceId source = run.source().orElseThrow();
            Answer answer = duty.outside()
                    .executors()
                    .backUp(
                            source,
                            new BackupOrder(
                                    view.record().stamp(),
                                    run.place(),
                                    duty.outside()
                                            .secrets()
                                            .backupKey(run.place(), run.key().wrapped()),
                                    duty.settings().throttle()));
            show(answer.accepted() ? source + " is told." : source + ": " + answer.why(), Optional.empty());
            if (!answer.accepted() && longer(run, SILENCE, now)) {
                anotherAttempt(run, view, answer.why(), now);
            }
        }
    }

    private static boolean longer(BackupRun run, Duration span, Instant now) {
        return Duration.between(run.since(), now).compareTo(span) > 0;
    }

    /** After a while, and under another name: the former one may still write. */
    private void anotherAttempt(BackupRun run, ClusterView view, String why, Instant now) {
        if (!longer(run, PAUSE.multipliedBy(run.attempts()), now)) {
            show(why, Optional.empty());
            return;
        }
        Optional<InstanceId> source = BackupSource.of(view.record(), view.observation());
        if (run.attempts() >= ATTEMPTS) {
            save(record.with(run.failed(why, now)));
        } else if (source.isPresent()) {
            LOG.warn("The backup {} of {} is begun anew: {}", run.id(), record.cluster(), why);
            cancel(run);
            BackupRun next = run(place(source.get().toString(), now), Step.COPYING, run.asked(), source, now);
            save(record.with(next.afterAttempts(run.attempts())));
        } else {
            show(why, Optional.empty());
        }
    }

    private void cancel(BackupRun run) {
        try {
            run.source().ifPresent(source -> duty.outside().executors().cancelBackup(source, run.id()));
        } catch (UnreachableException silent) {
            LOG.debug("{} of {} may go on: {}", run.id(), record.cluster(), silent.getMessage());
        }
    }

    private void prove(BackupRun run, Instant now) {
        Proving present = proving.filter(known -> known.proves(run)).orElseGet(() -> new Proving(duty, run));
        proving = Optional.of(present);
        Proving.Outcome outcome = present.step(run, record.version(), now);
        show(outcome.sentence(), outcome.fraction());
        outcome.next().ifPresent(next -> save(record.with(next)));
        if (outcome.over()) {
            finish(run, now);
        }
    }

    private void finish(BackupRun run, Instant now) {
        proving = Optional.empty();
        save(record.over(
                run.failure().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new BackupRecord.Failure(run.id().value(), now, run.failure()))));
        List<BackupEntry> own = duty.catalog().entries().stream()
                .filter(entry -> entry.place().cluster().equals(record.uid()))
                .toList();
        for (BackupEntry expired :
                record.policy().retention(duty.settings().retention()).expired(own, now)) {
            LOG.info(
                    "The backup {} of {} is not kept any longer.",
                    expired.place().id(),
                    record.cluster());
            duty.catalog().remove(expired.place());
        }
    }

    private void show(String sentence, Optional<Double> fraction) {
        progress = record.run().map(run -> new BackupProgress(run, sentence, fraction));
    }

    private void save(BackupRecord next) {
        duty.records().save(next);
        record = next;
        shown = next;
        show(next.run().map(BackupRun::failure).orElse(""), Optional.empty());
        next.run().ifPresent(run -> LOG.info("The backup {} of {}: {}.", run.id(), record.cluster(), run.step()));
    }
}
