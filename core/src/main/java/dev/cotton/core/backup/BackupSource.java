package dev.cotton.core.backup;

import dev.cotton.core.control.Observation;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterRecord.Phase;
import dev.cotton.core.model.ClusterRecord.Power;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.wire.MysqlReport;
import java.util.Comparator;
import java.util.Optional;

/** Whose data are copied. */
public final class BackupSource {
    private BackupSource() {}

    /**
     * An in-sync replica that follows, in the order of their ids from the last; the primary only of a cluster of one. Nobody
     * while the cluster does not run, or while another primary is found.
     */
    public static Optional<InstanceId> of(ClusterRecord record, Observation observation) {
        if (!isCalm(record)) {
            return Optional.empty();
        }
        return record.members().stream()
                .filter(member -> member.stage() == Stage.IN_SYNC && fits(record, observation, member))
                .map(Member::id)
                .max(Comparator.naturalOrder());
    }

    /** Whether the cluster runs, and no other primary is being found. */
    public static boolean isCalm(ClusterRecord record) {
        return record.phase() == Phase.STEADY
                && record.power() == Power.ON
                && record.succession().isEmpty()
                && record.recovered().isEmpty();
    }

    private static boolean fits(ClusterRecord record, Observation observation, Member member) {
        Optional<MysqlReport> mysql = observation.mysql(member.id());
        if (record.isPrimary(member)) {
            return mysql.isPresent() && record.members().size() == 1;
        }
        return mysql.flatMap(MysqlReport::replication)
                .filter(state -> state.receiving() && state.applierRunning())
                .isPresent();
    }
}
