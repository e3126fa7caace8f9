package dev.cotton.cli.app;

import dev.cotton.core.model.DataSize;
import dev.cotton.scheduler.engine.local.placement.Host;
import dev.cotton.scheduler.engine.local.placement.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The file of {@code --hosts}: a JSON array of places for instances. */
final class HostsFile {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private HostsFile() {}

    /**
     * @param cpus given with {@code mem} and {@code disk}, or not at all
     */
    private record Entry(
            Optional<String> name,
            Optional<String> address,
            Optional<List<String>> launchPrefix,
            Optional<Double> cpus,
            Optional<DataSize> mem,
            Optional<DataSize> disk) {
        Host host() {
            return new Host(
                    name.orElseThrow(() -> new IllegalArgumentException("hosts.name: every host has one.")),
                    address.orElseThrow(() -> new IllegalArgumentException("hosts.address: every host has one.")),
                    launchPrefix.orElse(List.of()),
                    room());
        }

        private Optional<Room> room() {
            if (cpus.isEmpty() && mem.isEmpty() && disk.isEmpty()) {
                return Optional.empty();
            }
            if (cpus.isEmpty() || mem.isEmpty() || disk.isEmpty()) {
                throw new IllegalArgumentException("hosts: a host says cpus, mem and disk, or none of them.");
            }
            return Optional.of(new Room(cpus.get(), mem.get(), disk.get()));
        }
    }

    /** @throws IllegalArgumentException with a sentence that names the file and what is wrong */
    static List<Host> read(Path file) {
        try {
            List<Entry> entries = JSON.readValue(Files.readAllBytes(file), new TypeReference<>() {});
            return entries.stream().map(Entry::host).toList();
        } catch (IOException e) {
            throw new IllegalArgumentException("--hosts: " + file + " cannot be read (" + e.getMessage() + ").", e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("--hosts: " + file + ": " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--hosts: " + file + ": " + e.getMessage(), e);
        }
    }
}
