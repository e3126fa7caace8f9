package dev.cotton.cli.quarantine;

import dev.cotton.cli.options.ClusterArgument;
import dev.cotton.core.wire.QuarantineId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The entry that a command is about. */
public final class EntryArgument {
    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Parameters(index = "1", paramLabel = "ID", description = "The entry, as quarantine list names it.")
    private @Nullable QuarantineId id;

    String cluster() {
        return cluster.name();
    }

    String id() {
        return Objects.requireNonNull(id, "set by the parser, which insists on it")
                .toString();
    }
}
