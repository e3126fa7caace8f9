package dev.cotton.cli.machine;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The note about the scheduler that runs on a data folder.
 *
 * @param url absent while it is starting
 * @param tokenFile what its callers show
 * @param authority what its certificate is verified with
 * @param log what it logs to
 */
public record RunningScheduler(
        ProcessIdentity process,
        Instant startedAt,
        Optional<URI> url,
        Optional<Path> tokenFile,
        Optional<Path> authority,
        Path log) {
    public RunningScheduler withUrl(URI reachable) {
        return new RunningScheduler(process, startedAt, Optional.of(reachable), tokenFile, authority, log);
    }
}
