package dev.cotton.executor.provision;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A distribution whose archive has a MySQL.
 *
 * Its id is its name in {@code /etc/os-release} and in the names of the files of its archive's keys.
 */
enum Distribution {
    DEBIAN("debian"),
    UBUNTU("ubuntu");

    private final String id;

    Distribution(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    /**
     * Reads {@code /etc/os-release}. A derived distribution counts as the one that it names first as its like, because
     * its packages come from there.
     */
    static Optional<Distribution> of(String osRelease) {
        Map<String, String> fields = osRelease
                .lines()
                .filter(line -> line.indexOf('=') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')).strip(),
                        line -> line.substring(line.indexOf('=') + 1).strip().replaceAll("^[\"']|[\"']$", ""),
                        (_, last) -> last));
        List<String> names = Stream.concat(
                        Stream.of(fields.getOrDefault("ID", "")),
                        Arrays.stream(fields.getOrDefault("ID_LIKE", "").split("\\s+")))
                .toList();
        return names.stream()
                .flatMap(name -> Arrays.stream(values()).filter(known -> known.id.equals(name)))
                .findFirst();
    }
}
