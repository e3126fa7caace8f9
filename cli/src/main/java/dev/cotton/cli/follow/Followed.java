package dev.cotton.cli.follow;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.Operation;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.options.WaitOptions;
import dev.cotton.cli.terminal.Steps;

/** How commands that start an operation go on: they wait for its end and write it, or write that it was accepted. */
public final class Followed {
    private final Shell shell;
    private final OutputOptions output;
    private final WaitOptions wait;

    public Followed(Shell shell, OutputOptions output, WaitOptions wait) {
        this.shell = shell;
        this.output = output;
        this.wait = wait;
    }

    /**
     * @param title what is going on, for instance {@code Creating demo}
     * @param result what is so at the end, for instance {@code demo is healthy}
     */
    public void end(SchedulerClient client, Document<Operation> started, String title, String result) {
        if (!wait.waits()) {
            output.write(
                    shell,
                    started.json(),
                    paint -> "Accepted: " + started.value().why() + " It goes on by itself; look with: cotton show "
                            + started.value().cluster() + "\n");
            return;
        }
        try (Steps steps = shell.steps(output.format())) {
            Patience patience = new Patience(wait.timeout(), shell.clock());
            Document<Operation> ended = new OperationFollower(client, steps, patience).follow(started, title);
            steps.done(result);
            if (output.isJson()) {
                output.write(shell, ended.json(), paint -> "");
            }
        }
    }
}
