package dev.cotton.core.backup;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.RestoreTarget;
import dev.cotton.core.wire.ArchivePiece;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which pieces of an archive are read to go from some transactions to a target, and in which order. The logs of several servers
 * overlap: a piece comes when all is there that its server had executed before it, whoever that is taken from. Pure.
 *
 * @param pieces in the order in which they are read
 */
public record ReplayPlan(List<ArchivePiece> pieces) {
    public ReplayPlan {
        pieces = List.copyOf(pieces);
    }

    /**
     * @param all pieces of the archive
     * @param executed what is there already
     * @throws BackupException when the target is not in the archive, or something on the way is missing; naming it
     */
    public static ReplayPlan of(List<ArchivePiece> all, GtidSet executed, RestoreTarget target) {
        checkReach(all, executed, target);
        List<ArchivePiece> left = new ArrayList<>(all);
        List<ArchivePiece> ordered = new ArrayList<>();
        GtidSet reached = executed;
        while (!ends(target, reached)) {
            GtidSet now = reached;
            left.removeIf(piece -> now.contains(piece.transactions()));
            Optional<ArchivePiece> next = left.stream()
                    .filter(piece -> now.contains(piece.before()))
                    .min(Comparator.comparing(ArchivePiece::first).thenComparing(ArchivePiece::server));
            if (next.isEmpty()) {
                refuseGap(left, now);
                break;
            }
            if (tooLate(next.get(), target)) {
                break;
            }
            ordered.add(next.get());
            reached = now.union(next.get().transactions());
        }
        return new ReplayPlan(ordered);
    }

    private static boolean ends(RestoreTarget target, GtidSet reached) {
        return wanted(target).filter(reached::contains).isPresent();
    }

    private static Optional<GtidSet> wanted(RestoreTarget target) {
        return switch (target) {
            case RestoreTarget.Latest() -> Optional.empty();
            case RestoreTarget.Time(Instant instant) -> Optional.empty();
            case RestoreTarget.Through(GtidSet gtid) -> Optional.of(gtid);
            case RestoreTarget.Before(GtidSet gtid) -> Optional.of(gtid);
        };
    }

    private static boolean tooLate(ArchivePiece piece, RestoreTarget target) {
        return target instanceof RestoreTarget.Time(Instant instant)
                && piece.first().isAfter(instant);
    }

    private static void checkReach(List<ArchivePiece> all, GtidSet executed, RestoreTarget target) {
        Optional<Instant> reach = all.stream().map(ArchivePiece::last).max(Comparator.naturalOrder());
        String until =
                reach.map(last -> "The archive reaches until " + last + ".").orElse("The archive is empty.");
        if (target instanceof RestoreTarget.Time(Instant instant)
                && reach.filter(last -> !last.isBefore(instant)).isEmpty()) {
            throw new BackupException(until + " That is before " + instant + ". Nothing was restored.");
        }
        wanted(target).ifPresent(gtid -> {
            if (executed.contains(gtid)) {
                throw new BackupException("The backup has the transaction " + gtid
                        + " already. Choose an older backup. Nothing was restored.");
            }
            if (all.stream().noneMatch(piece -> piece.transactions().contains(gtid))) {
                throw new BackupException("No object of the archive has the transaction " + gtid + ". " + until
                        + " Nothing was restored.");
            }
        });
    }

    /** What is missing may have come before the target, whatever follows it. */
    private static void refuseGap(List<ArchivePiece> left, GtidSet reached) {
        left.stream().min(Comparator.comparing(ArchivePiece::first)).ifPresent(piece -> {
            throw new BackupException("No object of the archive has the transactions "
                    + piece.before().minus(reached) + ", which come before those of " + piece.server() + "/"
                    + piece.log() + " from byte " + piece.begin() + " on. Nothing was restored.");
        });
    }
}
