package dev.cotton.core.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an acknowledged commit survives. */
public enum Durability {
    /** Every single failure: a commit is acknowledged when enough in-sync replicas have received it. */
    @JsonProperty("lossless")
    LOSSLESS,
    /** As lossless, and replicas force their relay logs to disk before they acknowledge; about half the throughput. */
    @JsonProperty("lossless-power")
    LOSSLESS_POWER,
    /** The primary alone acknowledges; a failover may lose the last commits. */
    @JsonProperty("async")
    ASYNC
}
