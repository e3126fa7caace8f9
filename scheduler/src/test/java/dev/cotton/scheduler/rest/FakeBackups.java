package dev.cotton.scheduler.rest;

import dev.cotton.core.backup.BackupEntry;
import dev.cotton.core.backup.BackupPolicy;
import dev.cotton.core.backup.BackupProof;
import dev.cotton.core.backup.BackupRecord;
import dev.cotton.core.backup.BackupRun;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.ArchiveReport;
import dev.cotton.core.wire.BackupId;
import dev.cotton.core.wire.BackupManifest;
import dev.cotton.core.wire.BackupPlace;
import dev.cotton.core.wire.DataKey;
import dev.cotton.scheduler.fleet.Backups;
import dev.cotton.scheduler.fleet.ClusterView;
import dev.cotton.scheduler.fleet.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One proven backup of the cluster {@code demo}, and one that is under way. */
final class FakeBackups implements Backups {
    static final String ID = "20300102t030405z-demo-1";
    private static final Instant AT = Instant.parse("2030-01-02T03:04:05Z");
    private static final ClusterName DEMO = new ClusterName("demo");
    private static final BackupPlace PLACE =
            new BackupPlace("file:///backups", "demo-u1/" + ID, "u1", new BackupId(ID));

    final List<String> calls = new ArrayList<>();
    private BackupPolicy policy = BackupPolicy.ORDINARY;

    private static BackupEntry entry() {
        GtidSet executed = GtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-7");
        BackupManifest manifest = new BackupManifest(
                BackupManifest.VERSION,
                PLACE.id(),
                DEMO,
                "u1",
                InstanceId.parse("demo-1"),
                new BackupManifest.Server("9.7.4", "3e11fa47-71ca-11e1-9e33-c80aa9429562"),
                new BackupManifest.Executed(executed, executed),
                new BackupManifest.Sizes(DataSize.ofMegabytes(64), DataSize.ofMegabytes(8)),
                "0",
                new BackupManifest.Encryption("k1", "sealed-key", "check"),
                "zstd",
                new BackupManifest.Spans(Duration.ofMillis(400), Duration.ZERO, Duration.ZERO, Duration.ZERO),
                AT,
                AT.plusSeconds(3),
                List.of());
        BackupProof proof = new BackupProof(
                BackupProof.VERSION, AT.plusSeconds(20), "", Duration.ofMillis(9500), Duration.ofSeconds(2), 3, 0);
        return new BackupEntry(PLACE, manifest, Optional.of(proof));
    }

    private static Progress run() {
        BackupRun run = new BackupRun(
                PLACE,
                DataKey.sealed("k1", "sealed-key"),
                BackupRun.Step.COPYING,
                true,
                Optional.of(InstanceId.parse("demo-1")),
                1,
                AT,
                AT,
                "sealed-secrets",
                Optional.empty(),
                "");
        return new Progress(DEMO, run, "demo-1: rows are counted", Optional.of(0.5));
    }

    @Override
    public Optional<String> trouble() {
        return Optional.of("The store does not answer.");
    }

    @Override
    public List<BackupEntry> all() {
        return List.of(entry());
    }

    @Override
    public Optional<Standing> standing(ClusterView cluster) {
        return Optional.of(standing());
    }

    private Standing standing() {
        return new Standing(
                Optional.of(run()),
                Optional.of(AT.plusSeconds(86_400)),
                Optional.of(new ArchiveReport(
                        ArchiveReport.Phase.RUNNING,
                        GtidSet.EMPTY,
                        Optional.of(AT),
                        AT,
                        Duration.ofSeconds(2),
                        new DataSize(1),
                        "")),
                Optional.of(entry()),
                policy,
                List.of(new BackupRecord.Failure("20300101t030405z-demo-1", AT, "There was no room.")));
    }

    @Override
    public List<Progress> running() {
        return List.of(run());
    }

    @Override
    public Progress begin(ClusterName cluster) {
        calls.add("begin " + cluster);
        return run();
    }

    @Override
    public Standing follow(ClusterName cluster, BackupPolicy next) {
        policy = next;
        return standing();
    }

    @Override
    public Progress prove(String id) {
        calls.add("prove " + id);
        return run();
    }

    @Override
    public void delete(String id, boolean force) {
        calls.add("delete " + id + (force ? " force" : ""));
        if (!force) {
            throw new Refusal(Refusal.Code.CONFLICT, id + " is the newest backup of demo that is proven.");
        }
    }

    @Override
    public List<String> deletionPlan(String id, boolean force) {
        calls.add("plan " + id);
        return List.of("It is destroyed.");
    }
}
