package dev.cotton.scheduler.rest.resource;

import dev.cotton.core.model.DataSize;
import java.time.Instant;
import java.util.Optional;

/**
 * A backup in the store.
 *
 * @param cluster its name then
 * @param uid of the cluster
 * @param source the instance whose data were copied
 * @param mysql its version
 * @param gtids the transactions that it has
 */
public record BackupResource(
        String id,
        String cluster,
        String uid,
        BackupState state,
        String source,
        String mysql,
        String gtids,
        DataSize data,
        DataSize stored,
        Instant begunAt,
        Instant finishedAt,
        Optional<BackupProofResource> proof) {}
