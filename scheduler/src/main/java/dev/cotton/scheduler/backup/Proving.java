package dev.cotton.scheduler.backup;

import dev.cotton.core.backup.BackupEntry;
import dev.cotton.core.backup.BackupProof;
import dev.cotton.core.backup.BackupRun;
import dev.cotton.core.backup.BackupRun.Step;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Engine.Presence;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.Status;
import dev.cotton.core.wire.VerificationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The proof of one backup: a server is made from what is in the store, and every table is looked at there. Used by one thread at
 * a time.
 */
final class Proving {
    /** A restore that fails is tried again by its executor; for that long it may be the store that is away. */
    private static final Duration FAILING = Duration.ofSeconds(45);

    private static final Duration LONGEST = Duration.ofHours(24);

    private final BackupDuty duty;
    private final BackupRun run;
    private final ProofServer server;
    private String failing = "";
    private Instant failingSince = Instant.MAX;

    /**
     * What a step came to.
     *
     * @param next to be persisted; absent when it goes on as it is
     * @param over whether the proof is over, and nothing of it left
     */
    record Outcome(Optional<BackupRun> next, String sentence, Optional<Double> fraction, boolean over) {
        private static Outcome waits(String sentence) {
            return new Outcome(Optional.empty(), sentence, Optional.empty(), false);
        }

        private static Outcome then(BackupRun next, String sentence) {
            return new Outcome(Optional.of(next), sentence, Optional.empty(), false);
        }
    }

    Proving(BackupDuty duty, BackupRun run) {
        this.duty = duty;
        this.run = run;
        this.server = new ProofServer(duty.outside(), run);
    }

    /** Whether this is the proof of {@code other}. */
    boolean proves(BackupRun other) {
        return run.id().equals(other.id()) && run.begun().equals(other.begun());
    }

    /** @param version of the record that {@code now} is persisted in */
    Outcome step(BackupRun present, long version, Instant now) {
        if (present.step() == Step.CLEANING) {
            return server.gone()
                    ? new Outcome(Optional.empty(), "", Optional.empty(), true)
                    : Outcome.waits("The server of the proof goes.");
        }
        if (Duration.between(present.begun(), now).compareTo(LONGEST) > 0) {
            return Outcome.then(present.failed("It was not proven within a day.", now), "It is given up.");
        }
        Optional<BackupEntry> entry = duty.catalog().entries().stream()
                .filter(known -> known.place().equals(present.place()))
                .findFirst();
        if (entry.isEmpty()) {
            duty.catalog().refresh();
            return Outcome.waits(
                    duty.catalog().trouble().orElse("The backup is not in the store. It is looked for again."));
        }
        Optional<Place> place = server.place(entry.get().manifest().sizes().data());
        if (place.filter(there -> there.presence() == Presence.LOST).isPresent()) {
            return Outcome.then(present.failed("The server that it was to be proven on is gone.", now), "It is gone.");
        }
        Stamp stamp = new Stamp(duty.term(), 1, version);
        return server.status()
                .map(status -> present.step() == Step.RESTORING
                        ? restoring(present, stamp, status, now)
                        : checking(present, stamp, status, now))
                .orElseGet(() -> Outcome.waits(
                        place.map(Place::why).filter(why -> !why.isEmpty()).orElse("A server for the proof starts.")));
    }

    private Outcome restoring(BackupRun present, Stamp stamp, Status status, Instant now) {
        if (ProofServer.ready(status)) {
            return Outcome.then(present.restored(Duration.between(present.since(), now), now), "It is restored.");
        }
        server.restore(stamp, status);
        if (fails(status, now)) {
            return refuted(present, status.detail(), now);
        }
        return new Outcome(
                Optional.empty(),
                status.detail().isEmpty() ? "The backup is restored." : status.detail(),
                status.progress(),
                false);
    }

    private boolean fails(Status status, Instant now) {
        boolean stands = status.lifecycle() == Lifecycle.FAILED
                || (status.lifecycle() == Lifecycle.PREPARING
                        && status.progress().isEmpty());
        if (!stands || !status.detail().equals(failing)) {
            failing = status.detail();
            failingSince = now;
            return false;
        }
        if (Duration.between(failingSince, now).compareTo(FAILING) < 0) {
            return false;
        }
        duty.catalog().refresh();
        return duty.catalog().trouble().isEmpty();
    }

    private Outcome checking(BackupRun present, Stamp stamp, Status status, Instant now) {
        Optional<VerificationReport> report =
                status.verification().filter(known -> known.id().equals(present.id()));
        if (report.isEmpty()) {
            server.restore(stamp, status);
            if (ProofServer.ready(status)) {
                server.check(stamp);
            }
            return Outcome.waits("Every table is to be looked at.");
        }
        VerificationReport known = report.get();
        return switch (known.phase()) {
            case CHECKING ->
                new Outcome(
                        Optional.empty(),
                        known.done() + " of " + known.tables() + " tables were looked at.",
                        known.tables() == 0 ? Optional.empty() : Optional.of((double) known.done() / known.tables()),
                        false);
            case CANCELLED -> Outcome.then(present.failed(known.failure(), now), known.failure());
            case FAILED -> refuted(present, known.failure(), now);
            case DONE ->
                known.differences().isEmpty()
                        ? proven(present, known, now)
                        : refuted(present, String.join(" ", known.differences()), now);
        };
    }

    private Outcome proven(BackupRun present, VerificationReport report, Instant now) {
        duty.catalog().write(present.place(), proof(present, "", report.tables(), report.uncounted(), now));
        return Outcome.then(present.at(Step.CLEANING, now), "It is proven.");
    }

    private Outcome refuted(BackupRun present, String why, Instant now) {
        duty.catalog().write(present.place(), proof(present, why, 0, 0, now));
        return Outcome.then(present.failed(why, now), why);
    }

    private static BackupProof proof(BackupRun present, String failure, int tables, int uncounted, Instant now) {
        Duration restoring = present.restoring().orElse(Duration.ZERO);
        Duration checking = present.step() == Step.CHECKING ? Duration.between(present.since(), now) : Duration.ZERO;
        return new BackupProof(BackupProof.VERSION, now, failure, restoring, checking, tables, uncounted);
    }
}
