package dev.cotton.cli.options;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A backup as people name it: {@code demo}, {@code demo@latest}, {@code demo@20301231t235959z-demo-1}, or {@code
 * demo@203012312359} for the newest that is not after that minute (UTC).
 *
 * @param backup {@code latest} when it is not named
 */
public record BackupName(String cluster, String backup) {
    /** The words that describe it. */
    public static final String LABEL = "CLUSTER[@BACKUP]";

    /** What there is before and after an {@code @}. */
    public static BackupName parse(String text) {
        int at = text.indexOf('@');
        return at < 0 ? new BackupName(text, "latest") : new BackupName(text.substring(0, at), text.substring(at + 1));
    }

    /** {@code FromBackup} of the REST interface. */
    public ObjectNode request() {
        return JsonNodeFactory.instance.objectNode().put("cluster", cluster).put("backup", backup);
    }

    @Override
    public String toString() {
        return cluster + "@" + backup;
    }
}
