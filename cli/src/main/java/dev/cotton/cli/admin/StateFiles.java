package dev.cotton.cli.admin;

import dev.cotton.cli.machine.DataFolder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Files with all that schedulers keep of a fleet. */
public interface StateFiles {
    /**
     * Where a fleet's state is.
     *
     * @param folder of the scheduler that has a ZooKeeper of its own
     * @param zkUrl of another ZooKeeper; a {@code file://} has it in a file
     * @param key the keyring's file; that in {@code folder} when absent
     */
    record Place(DataFolder folder, Optional<URI> zkUrl, Optional<Path> key) {}

    /**
     * What was written or read.
     *
     * @param at when the state was copied
     * @param clusters with those in the bin
     * @param key whether the keyring's key is in the file
     */
    record Summary(Instant at, long clusters, boolean key) {}

    /** Copies the state of {@code place} into a new file, which only its owner may read. */
    Summary write(Place place, boolean withKey, Path file);

    /** Brings the state of {@code file} back where no fleet is. */
    Summary read(Place place, Path file);
}
