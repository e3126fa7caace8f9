package dev.cotton.executor.role;

import dev.cotton.core.wire.BackupManifest;
import dev.cotton.core.wire.TableCount;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the tables of a server are compared with. A value. */
record TableComparison(List<TableCount> expected) {
    /** Compares with {@code manifest}. */
    static TableComparison with(BackupManifest manifest) {
        return new TableComparison(manifest.tables());
    }

    /** Tables that are there and not in the manifest, or the other way round; nothing where none were counted. */
    List<String> strangers(Set<String> present) {
        if (expected.isEmpty()) {
            return List.of();
        }
        Set<String> known = expected.stream().map(TableCount::name).collect(Collectors.toSet());
        List<String> missing = known.stream()
                .filter(name -> !present.contains(name))
                .map(name -> name + " is in the backup's manifest and not here.")
                .sorted()
                .toList();
        List<String> more = present.stream()
                .filter(name -> !known.contains(name))
                .map(name -> name + " is here and not in the backup's manifest.")
                .sorted()
                .toList();
        return Stream.concat(missing.stream(), more.stream()).toList();
    }

    /** What was counted of that table; empty when it was not. */
    Optional<TableCount> of(String name) {
        return expected.stream()
                .filter(count -> count.name().equals(name))
                .filter(count -> count.counted().isPresent())
                .findFirst();
    }

    /** How {@code here} is not what {@code there} says; empty when it is. */
    static Optional<String> difference(TableCount there, TableCount.Rows here) {
        TableCount.Rows rows = there.counted().orElse(here);
        if (rows.rows() != here.rows()) {
            return Optional.of(there.name() + " has " + here.rows() + " rows instead of " + rows.rows() + ".");
        }
        return rows.checksum().equals(here.checksum())
                ? Optional.empty()
                : Optional.of(there.name() + " has as many rows as it should, " + rows.rows()
                        + ", and some of them are others.");
    }
}
