package dev.cotton.scheduler.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.port.Executors;
import dev.cotton.core.wire.Answer;
import dev.cotton.core.wire.ArchiveOrder;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.BackupId;
import dev.cotton.core.wire.BackupOrder;
import dev.cotton.core.wire.QuarantineEntry;
import dev.cotton.core.wire.QuarantineId;
import dev.cotton.core.wire.SchemaChange;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Trust;
import dev.cotton.core.wire.VerificationOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Executors that have what a test puts in their quarantines, and take no orders. Used by one thread. */
final class FakeExecutors implements Executors {
    private final Map<InstanceId, Map<QuarantineId, QuarantineEntry>> entries = new HashMap<>();
    private final Map<QuarantineId, byte[]> texts = new HashMap<>();
    private final Set<InstanceId> silent = new HashSet<>();
    private final Set<InstanceId> lost = new HashSet<>();
    private boolean failsOnDiscard;
    private int pieces;

    FakeExecutors has(InstanceId id, QuarantineEntry entry, String text) {
        entries.computeIfAbsent(id, any -> new HashMap<>()).put(entry.id(), entry);
        texts.put(entry.id(), text.getBytes(UTF_8));
        return this;
    }

    FakeExecutors silence(InstanceId id) {
        silent.add(id);
        return this;
    }

    /** Is known not to answer. */
    FakeExecutors lose(InstanceId id) {
        lost.add(id);
        return this;
    }

    void speak(InstanceId id) {
        silent.remove(id);
    }

    void failOnDiscard() {
        failsOnDiscard = true;
    }

    /** How many pieces of texts were asked for. */
    int pieces() {
        return pieces;
    }

    @Override
    public Answer backUp(InstanceId id, BackupOrder order) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void cancelBackup(InstanceId id, BackupId backup) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer verify(InstanceId id, VerificationOrder order) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Heard heard(InstanceId id) {
        return new Heard(Optional.empty(), Duration.ZERO, !lost.contains(id), lost.contains(id) ? "it is away" : "");
    }

    @Override
    public List<QuarantineEntry> quarantine(InstanceId id) {
        if (silent.contains(id)) {
            throw new UnreachableException("The executor of " + id + " gave no answer.", null);
        }
        return List.copyOf(entries.getOrDefault(id, Map.of()).values());
    }

    @Override
    public byte[] quarantineText(InstanceId id, QuarantineId entry, long offset, int limit) {
        pieces++;
        byte[] all = texts.getOrDefault(entry, new byte[0]);
        int begin = (int) Math.min(offset, all.length);
        return Arrays.copyOfRange(all, begin, Math.min(begin + limit, all.length));
    }

    @Override
    public void discard(InstanceId id, QuarantineId entry) {
        if (failsOnDiscard) {
            throw new UnreachableException("The executor of " + id + " gave no answer.", null);
        }
        entries.values().forEach(folder -> folder.remove(entry));
    }

    @Override
    public void watch(InstanceId id, Ports ports, String token, Runnable onNews) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SchemaChange.Found schemaChanges(InstanceId id, Instant after) {
        if (lost.contains(id)) {
            throw new UnreachableException("The executor of " + id + " gave no answer.", null);
        }
        return new SchemaChange.Found(
                List.of(new SchemaChange(GtidSet.EMPTY, after, "shop", "DROP TABLE orders -- " + id)), after);
    }

    @Override
    public void forget(InstanceId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer setup(InstanceId id, Setup setup) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer assign(InstanceId id, Assignment assignment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer trust(InstanceId id, Trust trust) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer archive(InstanceId id, ArchiveOrder order) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void stopArchive(InstanceId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LogPiece log(InstanceId id, String log, long offset, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
