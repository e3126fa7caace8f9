package dev.cotton.core.control;

import dev.cotton.core.model.Event;
import dev.cotton.core.model.Operation.Kind;

/** How requests are told of. */
final class RequestTexts {
    private RequestTexts() {}

    static Event.Kind event(Kind kind) {
        return switch (kind) {
            case CREATE -> Event.Kind.CLUSTER_REQUESTED;
            case DELETE, PURGE, REPLACE -> Event.Kind.CLUSTER_DELETING;
            case RESTORE -> Event.Kind.CLUSTER_RESTORING;
            case STOP -> Event.Kind.CLUSTER_STOPPING;
            case START -> Event.Kind.CLUSTER_STARTING;
            case SWITCHOVER -> Event.Kind.HANDOVER_BEGUN;
            case FAILOVER -> Event.Kind.PRIMARY_LOST;
            case CHANGE -> Event.Kind.CLUSTER_CHANGING;
        };
    }

    /** That it was asked for. */
    static String sentence(Kind kind) {
        return switch (kind) {
            case CREATE -> "A new cluster was asked for.";
            case DELETE -> "Deletion was asked for; the data go to the bin.";
            case REPLACE -> "The data of a backup were asked for instead of these, which go to the bin.";
            case PURGE -> "Destruction of all data was asked for.";
            case RESTORE -> "The cluster is brought back from the bin.";
            case STOP -> "A stop of the databases was asked for.";
            case START -> "The databases are started again.";
            case SWITCHOVER -> "A switchover was asked for.";
            case CHANGE -> "Another change was asked for.";
            case FAILOVER -> "A failover was asked for that accepts the loss of what is missing.";
        };
    }
}
