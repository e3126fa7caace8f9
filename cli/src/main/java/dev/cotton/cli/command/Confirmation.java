package dev.cotton.cli.command;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import java.util.Optional;

/** Makes sure that a person means it. */
public final class Confirmation {
    private Confirmation() {}

    /**
     * Has {@code name} typed.
     *
     * @param consequence what is going to happen, a sentence
     * @throws Failure when something else is typed, or when nobody can be asked
     */
    public static void typed(Shell shell, String name, String consequence) {
        if (!shell.terminal().canAsk()) {
            throw new Failure(
                    ExitCode.USAGE,
                    consequence + " Nobody can be asked here whether that is meant, so nothing was changed;"
                            + " a script says --yes.");
        }
        Optional<String> answer = shell.terminal().ask(consequence + " Type the name of the cluster to go on: ");
        if (!answer.equals(Optional.of(name))) {
            throw new Failure(ExitCode.FAILED, "That is not '" + name + "': nothing was changed.");
        }
    }
}
