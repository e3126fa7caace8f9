package dev.cotton.cli.app;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.admin.StateFiles;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.scheduler.app.FleetState;
import dev.cotton.scheduler.security.Keyring;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Files with a fleet's state, from and for the ZooKeeper of this machine's scheduler or another one. */
final class StateFilesHere implements StateFiles {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public Summary write(Place place, boolean withKey, Path file) {
        Path keyFile = keyFile(place);
        FleetState state = withZooKeeper(place, false, url -> {
            Keyring keyring = Keyring.open(keyFile, false);
            return FleetState.read(
                    url,
                    keyring,
                    withKey ? Optional.of(encoded(keyFile)) : Optional.empty(),
                    Instant.now().truncatedTo(ChronoUnit.MILLIS));
        });
        writeNew(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(state));
        return summary(state);
    }

    @Override
    public Summary read(Place place, Path file) {
        FleetState state = parsed(file);
        Path keyFile = keyFile(place);
        if (Files.notExists(keyFile)) {
            place.folder().create();
            writeNew(
                    keyFile,
                    Base64.getDecoder()
                            .decode(state.key()
                                    .orElseThrow(() -> new Failure(
                                            ExitCode.USAGE,
                                            "The key is not in " + file + ", and there is none at " + keyFile
                                                    + ": put the fleet's key file there. Nothing was written."))));
        }
        if (!Keyring.open(keyFile, false).id().equals(state.keyId())) {
            throw new Failure(
                    ExitCode.CONFLICT,
                    "The secrets in " + file + " need the key " + state.keyId() + ", and " + keyFile
                            + " is another one. Nothing was written.");
        }
        return withZooKeeper(place, true, url -> {
            state.write(url);
            return summary(state);
        });
    }

    private static FleetState parsed(Path file) {
        try {
            FleetState state = JSON.readValue(Files.readAllBytes(file), FleetState.class);
            if (state.version() != FleetState.VERSION) {
                throw new Failure(
                        ExitCode.USAGE,
                        file + " has the form " + state.version() + ", and this version reads " + FleetState.VERSION
                                + ". Nothing was written.");
            }
            return state;
        } catch (IOException | JacksonException e) {
            throw new Failure(
                    ExitCode.USAGE,
                    file + " is no copy of a fleet's state (" + e.getMessage() + "). Nothing was written.",
                    e);
        }
    }

    private static Summary summary(FleetState state) {
        return new Summary(state.at(), state.clusters(), state.key().isPresent());
    }

    private static Path keyFile(Place place) {
        return place.key().orElse(place.folder().path().resolve("scheduler.key"));
    }

    private static String encoded(Path keyFile) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(keyFile));
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED, "The key file " + keyFile + " cannot be read (" + e.getMessage() + ").", e);
        }
    }

    private static void writeNew(Path file, byte[] content) {
        try (var channel = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(java.nio.ByteBuffer.wrap(content));
        } catch (FileAlreadyExistsException e) {
            throw new Failure(ExitCode.CONFLICT, file + " exists already; it was left as it is.", e);
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, file + " cannot be written (" + e.getMessage() + ").", e);
        }
    }

    /**
     * Works with the ZooKeeper that is named, or that of the data folder: the running scheduler's, or its own one started for
     * that long.
     *
     * @param alone whether no scheduler may run meanwhile
     */
    private static <T> T withZooKeeper(Place place, boolean alone, Function<String, T> work) {
        try {
            if (place.zkUrl().isPresent()) {
                return work.apply(SettingsOf.zkUrl(place.zkUrl().get()));
            }
            try (DataFolder.Held held = place.folder().create().lock().orElse(null)) {
                if (held == null && alone) {
                    throw new Failure(
                            ExitCode.CONFLICT,
                            "A scheduler runs on " + place.folder().path() + ": end it first. Nothing was written.");
                }
                return held == null ? work.apply(OwnZooKeeper.url(place.folder())) : started(place.folder(), work);
            }
        } catch (IllegalArgumentException wrong) {
            throw new Failure(ExitCode.USAGE, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static <T> T started(DataFolder folder, Function<String, T> work) {
        Logging.ofZooKeeper(folder);
        try (OwnZooKeeper zooKeeper = OwnZooKeeper.start(folder)) {
            return work.apply(zooKeeper.url());
        }
    }
}
