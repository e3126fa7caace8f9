package dev.cotton.cli.bench;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.client.Backup;
import dev.cotton.core.wire.BackupManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Backups of a cluster that its scheduler makes into a folder. Used by one thread. */
final class ProvenBackup {
    private static final String MANIFEST = "manifest.json";

    private final FilledCluster cluster;
    private final Path store;
    private final Duration limit;
    private Optional<Backup.Run> last = Optional.empty();

    /**
     * @param store the folder that the scheduler keeps backups in
     * @param limit until one is stored, and until it is proven
     */
    ProvenBackup(FilledCluster cluster, Path store, Duration limit) {
        this.cluster = cluster;
        this.store = store;
        this.limit = limit;
    }

    /**
     * Asks for one and waits until it is stored; its proof goes on.
     *
     * @return what a caller waits, and the steps that the instance did one after the other
     */
    Timed store() throws IOException, InterruptedException {
        Stopwatch steps = new Stopwatch();
        last = Optional.of(cluster.client().backUp(cluster.name()).value());
        Deadline.after(limit).await(() -> !isAt("copying"), () -> "The backup was not stored");
        Timed all = steps.stop("stored");
        Backup.Run run = last.orElseThrow();
        if (run.attempts() != 1 || failure(run).isPresent()) {
            throw new Failure(
                    ExitCode.FAILED, "The backup failed: " + failure(run).orElse("it had to be begun anew."));
        }
        Stopwatch parts = new Stopwatch();
        BackupManifest.Spans spans = manifest(run.id()).spans();
        Duration counted = spans.copying().plus(spans.counting());
        parts.doneAfter("copied", spans.copying());
        parts.doneAfter("rows counted", counted);
        parts.doneAfter("stored", spans.copying().plus(spans.storing()));
        parts.doneAfter("known to be stored", all.total());
        return parts.with(all.total());
    }

    private boolean isAt(String step) {
        Optional<Backup.Run> now = running();
        last = now.or(() -> last);
        return now.filter(run -> run.step().equals(step)).isPresent();
    }

    private Optional<Backup.Run> running() {
        return cluster.client().backups(Optional.of(cluster.name())).value().running().stream()
                .findFirst();
    }

    private Optional<String> failure(Backup.Run run) {
        return cluster.seen().value().backups().stream()
                .flatMap(standing -> standing.failures().stream())
                .filter(failure -> failure.id().equals(run.id()))
                .map(Backup.Failure::why)
                .findFirst();
    }

    private BackupManifest manifest(String id) throws IOException {
        try (Stream<Path> all = Files.walk(store)) {
            Path manifest = all.filter(path -> path.endsWith(Path.of(id, MANIFEST)))
                    .findFirst()
                    .orElseThrow(() -> new IOException("there is no manifest of " + id + " in " + store));
            return JsonMapper.shared().readValue(Files.readAllBytes(manifest), BackupManifest.class);
        }
    }

    /** After {@link #store}: waits until it is proven and nothing of the proof is left. */
    Backup awaitProof() throws InterruptedException {
        Backup.Run run = last.orElseThrow();
        Deadline.after(limit).await(() -> running().isEmpty(), () -> "The backup was not proven");
        failure(run).ifPresent(why -> {
            throw new Failure(ExitCode.FAILED, "The backup was not proven: " + why);
        });
        return cluster.client().backup(run.id()).value();
    }
}
