package dev.cotton.cli.command;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Answers.LogPiece;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.follow.Patience;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.core.model.InstanceId;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cotton logs}. */
@Command(name = "logs", description = "Print the end of a log of an instance: of mysqld, or of its executor.")
public final class LogsCommand implements Runnable {
    private static final int PIECE = 65_536;
    private static final Duration FOR_EVER = Duration.ofDays(3650);

    @Parameters(paramLabel = "INSTANCE", description = "The instance, for instance demo-0.")
    private @Nullable InstanceId instance;

    /** Whose log. */
    private static final class Source {
        @Option(names = "--mysqld", description = "The log of mysqld (default).")
        private boolean mysqld;

        @Option(names = "--executor", description = "The log of the executor.")
        private boolean executor;

        private String name() {
            return executor && !mysqld ? "executor" : "mysqld";
        }
    }

    @ArgGroup(exclusive = true)
    private Source source = new Source();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is added, until Ctrl-C.")
    private boolean follow;

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public LogsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        SchedulerClient client = api.client(shell);
        String id = Objects.requireNonNull(instance, "set by the parser, which insists on it")
                .toString();
        Document<LogPiece> piece = client.log(id, source.name(), OptionalLong.empty(), PIECE);
        write(piece);
        Patience patience = new Patience(FOR_EVER, shell.clock());
        while (follow && !shell.terminal().outIsGone() && (!piece.value().text().isEmpty() || patience.pause())) {
            piece = client.log(id, source.name(), OptionalLong.of(piece.value().next()), PIECE);
            write(piece);
        }
    }

    private void write(Document<LogPiece> piece) {
        if (!follow) {
            output.write(shell, piece.json(), paint -> piece.value().text());
        } else if (output.isJson() && !piece.value().text().isEmpty()) {
            output.writeLine(shell, piece.json(), paint -> "");
        } else if (!output.isJson()) {
            shell.terminal().print(piece.value().text());
        }
    }
}
