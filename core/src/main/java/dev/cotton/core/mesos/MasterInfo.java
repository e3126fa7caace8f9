package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Optional;

/** A master, as it describes itself to its frameworks and in ZooKeeper. */
@JsonInclude(Include.NON_ABSENT)
public record MasterInfo(
        String id, Optional<Offer.Address> address, Optional<String> hostname, int port, Optional<String> version) {}
