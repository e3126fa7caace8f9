package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.port.Executors.Heard;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers how long the primary's reports have gone on showing no dump thread of an in-sync replica. Only a primary that
 * reports is evidence; and what was so before a member was in sync does not count against it. For one thread.
 */
public final class Detachments {
    private final Map<InstanceId, Duration> since = new HashMap<>();

    /**
     * @param heard what was heard of each member, as far as anything was
     * @param now of a monotonic clock, always the same one
     * @return by member, those that are detached now
     */
    public Map<InstanceId, Duration> spans(ClusterRecord record, Map<InstanceId, Heard> heard, Duration now) {
        Optional<MysqlReport> primary = record.primary()
                .flatMap(id -> Optional.ofNullable(heard.get(id)))
                .filter(Heard::reachable)
                .flatMap(Heard::status)
                .flatMap(Status::mysql);
        Map<InstanceId, Duration> spans = new HashMap<>();
        for (Member member : record.members()) {
            boolean missing = member.inSync()
                    && !record.isPrimary(member)
                    && primary.filter(report -> !report.attachedSlots().contains(member.slot()))
                            .isPresent();
            if (missing) {
                spans.put(member.id(), now.minus(since.computeIfAbsent(member.id(), id -> now)));
            }
        }
        since.keySet().retainAll(spans.keySet());
        return spans;
    }
}
