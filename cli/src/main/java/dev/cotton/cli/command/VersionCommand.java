package dev.cotton.cli.command;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.Version;
import dev.cotton.cli.client.Answers;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.OutputOptions;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code cotton version}. */
@Command(name = "version", description = "Print the version of this program, and of the scheduler if one answers.")
public final class VersionCommand implements Runnable {
    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public VersionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        Optional<Document<Answers.Version>> scheduler = scheduler();
        ObjectNode document = JsonMapper.shared().createObjectNode();
        document.putObject("cli")
                .put("version", Version.current())
                .put("java", Runtime.version().toString());
        scheduler.ifPresent(answer -> document.set("scheduler", answer.json()));
        output.write(
                shell,
                document,
                paint -> "cotton " + Version.current() + ", Java " + Runtime.version() + "\n"
                        + scheduler
                                .map(Document::value)
                                .map(answer -> "scheduler " + answer.version() + ", Java " + answer.java() + ", since "
                                        + answer.startedAt() + "\n")
                                .orElse("No scheduler answers.\n"));
    }

    private Optional<Document<Answers.Version>> scheduler() {
        try {
            return Optional.of(api.client(shell).version());
        } catch (Failure failure) {
            if (failure.exitCode() == ExitCode.UNREACHABLE) {
                return Optional.empty();
            }
            throw failure;
        }
    }
}
