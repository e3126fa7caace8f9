package dev.cotton.core.wire;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import java.util.Optional;

/**
 * The file (JSON, mode 0600) that an executor is started with; its path is the only argument.
 *
 * @param folder the instance's own folder, absolute
 * @param templates the machine's shared folder for data directory templates, absolute
 * @param quarantine the folder of this machine's saved transactions of the cluster, absolute; shared by its instances
 *     here, and outlives each of them. Files from before there was one have none: then it is in {@code folder}
 * @param programs of the MySQL installation to run
 * @param token the one-time enrolment token, base64; ignored once enrolled
 */
public record ExecutorConfig(
        InstanceId instance,
        String folder,
        String templates,
        Optional<String> quarantine,
        Programs programs,
        Ports ports,
        Resources resources,
        String token) {
    /** Absolute paths of programs that can be started as they are. */
    public record Programs(String mysqld, String mysql, String mysqlbinlog) {}

    /** Without the token. */
    @Override
    public String toString() {
        return "ExecutorConfig[" + instance + ", " + folder + ", " + ports + "]";
    }
}
