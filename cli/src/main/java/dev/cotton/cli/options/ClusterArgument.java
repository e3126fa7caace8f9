package dev.cotton.cli.options;

import dev.cotton.core.model.ClusterName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The cluster that a command is about. */
public final class ClusterArgument {
    @Parameters(index = "0", paramLabel = "NAME", description = "The cluster.")
    private @Nullable ClusterName name;

    public String name() {
        return Objects.requireNonNull(name, "set by the parser, which insists on it")
                .value();
    }
}
