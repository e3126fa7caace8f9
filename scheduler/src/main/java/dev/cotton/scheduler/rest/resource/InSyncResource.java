package dev.cotton.scheduler.rest.resource;

import java.util.List;

/**
 * The members that a commit counts on.
 *
 * @param members ids, the primary's among them
 * @param ackCount replicas that must have received a commit before it is acknowledged, in force
 * @param ackTarget what the primary is told to use; above {@code ackCount} until it is proven to be in force
 */
public record InSyncResource(List<String> members, int ackCount, int ackTarget) {
    public InSyncResource {
        members = List.copyOf(members);
    }
}
