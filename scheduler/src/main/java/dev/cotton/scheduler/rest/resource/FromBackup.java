package dev.cotton.scheduler.rest.resource;

import java.util.Optional;

/**
 * The backup that a cluster is to begin with.
 *
 * @param cluster whose backup it is, by its name
 * @param backup {@code latest} (the default), an id, or a minute as {@code yyyyMMddHHmm}
 */
public record FromBackup(Optional<String> cluster, Optional<String> backup) {}
