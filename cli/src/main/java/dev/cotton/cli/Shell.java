package dev.cotton.cli;

import dev.cotton.cli.machine.Account;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.terminal.OutputFormat;
import dev.cotton.cli.terminal.Steps;
import dev.cotton.cli.terminal.Terminal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** What every command is run in. Thread-safe. */
public record Shell(Terminal terminal, Map<String, String> environment, InstantSource clock) {
    public Shell {
        environment = Map.copyOf(environment);
    }

    /** The data folder that is given, or the usual one of this account. */
    public DataFolder dataFolder(Optional<Path> given) {
        return given.map(DataFolder::new).orElseGet(() -> Account.dataFolder(environment));
    }

    /** A variable of the environment that is set and not empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** Shows how far a command is, as suits its output. */
    public Steps steps(OutputFormat format) {
        return Steps.on(terminal, format, clock);
    }
}
