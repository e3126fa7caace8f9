package dev.cotton.scheduler.rest.resource;

import java.util.List;
import java.util.Optional;

/**
 * Backups, the newest first.
 *
 * @param running those that are being made or proven
 * @param trouble why there are none, or why the store cannot be read now
 */
public record BackupList(List<BackupResource> backups, List<BackupRunResource> running, Optional<String> trouble) {
    public BackupList {
        backups = List.copyOf(backups);
        running = List.copyOf(running);
    }
}
