package dev.cotton.core.wire;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;

/**
 * The file (JSON, mode 0600) that an executor is started with; its path is the only argument.
 *
 * @param folder the instance's own folder, absolute
 * @param templates the machine's shared folder for data directory templates, absolute
 * @param mysqlHome the installation to run: {@code bin/mysqld}, {@code bin/mysql}, {@code bin/mysqlbinlog} below it
 * @param token the one-time enrolment token, base64; ignored once enrolled
 */
public record ExecutorConfig(
        InstanceId instance,
        String folder,
        String templates,
        String mysqlHome,
        Ports ports,
        Resources resources,
        String token) {
    /** Without the token. */
    @Override
    public String toString() {
        return "ExecutorConfig[" + instance + ", " + folder + ", " + ports + "]";
    }
}
