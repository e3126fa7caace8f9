package dev.cotton.core.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import java.util.Optional;

/**
 * What an executor on Mesos is told: JSON in {@code TaskInfo.data}, the only field that neither master nor agent shows.
 *
 * @param cluster the instance's cluster
 * @param ports with the agent's address
 * @param resources of mysqld and its executor together
 * @param token the one-time enrolment token, base64
 * @param volume where the persistent volume is, relative to the sandbox; a folder that is not there is made, and then
 *     lives as long as the sandbox
 * @param sandbox how much disk there is for all else in the sandbox; tasks of earlier versions do not say
 * @param mysql which MySQL to run
 */
public record MesosTask(
        InstanceId instance,
        String cluster,
        Ports ports,
        Resources resources,
        String token,
        String volume,
        Optional<DataSize> sandbox,
        MysqlSource mysql) {

    /** Where an executor gets its MySQL from. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "from")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Archive.class, name = "archive"),
        @JsonSubTypes.Type(value = Host.class, name = "host"),
        @JsonSubTypes.Type(value = Debian.class, name = "debian")
    })
    public sealed interface MysqlSource {}

    /**
     * A tarball that the agent has fetched and left packed.
     *
     * @param file relative to the sandbox
     * @param sha256 64 hexadecimal digits
     */
    public record Archive(String file, String sha256) implements MysqlSource {}

    /**
     * What is on the agent already.
     *
     * @param home absolute, with {@code bin} below it; absent: what is found in the usual places
     */
    public record Host(Optional<String> home) implements MysqlSource {}

    /** The distribution's packages, unpacked into a folder of Cotton's own. */
    public record Debian() implements MysqlSource {}

    /** Without the token. */
    @Override
    public String toString() {
        return "MesosTask[" + instance + ", " + ports + ", " + volume + ", " + mysql + "]";
    }
}
