package dev.cotton.cli.backup;

import dev.cotton.cli.client.Backup;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.options.BackupName;
import tools.jackson.databind.node.ObjectNode;

/** The data that a running cluster has now, to begin another one with. */
public final class CopiedCluster {
    private final BackupFollower follower;

    public CopiedCluster(BackupFollower follower) {
        this.follower = follower;
    }

    /**
     * Makes a backup, and waits until it is in the store; it is proven while it is used.
     *
     * @return {@code FromBackup} of the REST interface
     */
    public ObjectNode of(SchedulerClient client, String cluster) {
        Backup.Run begun = client.backUp(cluster).value();
        return new BackupName(cluster, follower.copied(client, begun, "Copying " + cluster)).request();
    }
}
