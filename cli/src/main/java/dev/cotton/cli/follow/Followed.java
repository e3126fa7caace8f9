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
            accepted(started);
            return;
        }
        try (Steps steps = shell.steps(output.format())) {
            ended(new OperationFollower(client, steps, patience()).follow(started, title), steps, result);
        }
    }

    /**
     * @param started the end of the cluster that had the {@code name}
     * @param result what is so once another one has it
     */
    void replacement(SchedulerClient client, Document<Operation> started, String name, String result) {
        if (!wait.waits()) {
            accepted(started);
            return;
        }
        try (Steps steps = shell.steps(output.format())) {
            Patience patience = patience();
            Document<Operation> gone =
                    new OperationFollower(client, steps, patience).follow(started, "Putting " + name + " in the bin");
            Document<Operation> last = client.cluster(name)
                    .value()
                    .running()
                    .map(creation -> client.operation(creation.id()))
                    .map(creation ->
                            new OperationFollower(client, steps, patience).follow(creation, "Restoring " + name))
                    .orElse(gone);
            ended(last, steps, result);
        }
    }

    private Patience patience() {
        return new Patience(wait.timeout(), shell.clock());
    }

    private void accepted(Document<Operation> started) {
        output.write(
                shell,
                started.json(),
                paint -> "Accepted: " + started.value().why() + " It goes on by itself; look with: cotton show "
                        + started.value().cluster() + "\n");
    }

    private void ended(Document<Operation> ended, Steps steps, String result) {
        steps.done(result);
        if (output.isJson()) {
            output.write(shell, ended.json(), paint -> "");
        }
    }
}
