package dev.cotton.core.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.Endpoint;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Stamp;
import java.util.Map;
import java.util.Optional;

/**
 * {@code PUT /v1/setup}: what an enrolled executor needs to make its data and accounts. Given again at any time; data
 * that exists is kept, whatever {@code source} says. Refused when {@code stamp} is lower than the highest seen.
 *
 * @param slot the replication account of this member
 * @param options the user's overrides of mysqld's options
 * @param accounts secrets, kept by the executor in a file of mode 0600
 */
public record Setup(
        Stamp stamp,
        int slot,
        Durability durability,
        Map<String, String> options,
        Accounts accounts,
        DataSource source) {
    public Setup {
        options = Map.copyOf(options);
    }

    /** Where the first data of an instance come from. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "from")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Template.class, name = "template"),
        @JsonSubTypes.Type(value = Clone.class, name = "clone"),
        @JsonSubTypes.Type(value = Kept.class, name = "kept"),
        @JsonSubTypes.Type(value = Backup.class, name = "backup")
    })
    public sealed interface DataSource {}

    /** An empty server. Right for the members of a cluster that is just being created. */
    public record Template() implements DataSource {}

    /** A copy of {@code donor}'s data by CLONE INSTANCE. */
    public record Clone(InstanceId donor, Endpoint endpoint) implements DataSource {}

    /**
     * The data of a backup. Accounts of Cotton's own and the cluster's user get the secrets of this setup; other accounts
     * are as they were.
     *
     * @param key a secret; its {@code id} and {@code wrapped} do not matter
     * @param replay what is done again on top of it; absent for the backup alone
     */
    public record Backup(BackupPlace place, DataKey key, Optional<Replay> replay) implements DataSource {
        /** The backup alone. */
        public Backup(BackupPlace place, DataKey key) {
            this(place, key, Optional.empty());
        }
    }

    /** The data that are there; where there are none, none are made. */
    public record Kept() implements DataSource {}

    /**
     * The secrets of a cluster's accounts.
     *
     * @param clusterUser made by the first primary, in the binlog
     * @param clusterPassword of {@code clusterUser}
     * @param root 32 random bytes, base64: the passwords of Cotton's own accounts are derived from it
     */
    public record Accounts(String clusterUser, String clusterPassword, String root) {
        /** Without the secrets. */
        @Override
        public String toString() {
            return "Accounts[" + clusterUser + "]";
        }
    }
}
