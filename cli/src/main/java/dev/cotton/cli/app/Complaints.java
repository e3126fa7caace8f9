package dev.cotton.cli.app;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.machine.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Says what went wrong in a sentence, never with a stack trace, and as JSON where JSON was asked for. */
final class Complaints implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final Shell shell;
    private final RootCommand root;
    private final List<String> arguments;

    Complaints(Shell shell, RootCommand root, String... arguments) {
        this.shell = shell;
        this.root = root;
        this.arguments = List.of(arguments);
    }

    @Override
    public int handleParseException(ParameterException exception, String[] given) {
        CommandLine command = exception.getCommandLine();
        String sentence =
                exception.getMessage() + (String.valueOf(exception.getMessage()).endsWith(".") ? "" : ".");
        String help = " See: " + command.getCommandSpec().qualifiedName() + " --help";
        return complain(new Failure(ExitCode.USAGE, sentence + help), Optional.empty());
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult parsed) {
        if (exception instanceof Failure failure) {
            return complain(failure, logged(exception, command));
        }
        String what = exception.getMessage() == null ? exception.getClass().getSimpleName() : exception.getMessage();
        Failure failure = new Failure(ExitCode.FAILED, "Something went wrong that should not: " + what, exception);
        Optional<Path> log = logged(exception, command);
        if (log.isEmpty()) {
            shell.terminal().remark("cotton: The same command with --verbose writes the details to a log file.");
        }
        return complain(failure, log);
    }

    private int complain(Failure failure, Optional<Path> log) {
        if (wantsJson()) {
            ObjectNode document = JsonMapper.shared().createObjectNode();
            document.put("code", failure.code())
                    .put("exitCode", failure.exitCode().number())
                    .put("detail", failure.sentence());
            log.ifPresent(file -> document.put("log", file.toString()));
            shell.terminal().remark(document.toString());
        } else {
            String prefix = shell.terminal().errorPaint().red("cotton:");
            shell.terminal().remark(prefix + " " + failure.sentence());
            log.ifPresent(file -> shell.terminal().remark("The details are in " + file + "."));
        }
        return failure.exitCode().number();
    }

    /** Whatever could or could not be parsed. */
    private boolean wantsJson() {
        int end = arguments.contains("--") ? arguments.indexOf("--") : arguments.size();
        for (int i = 0; i < end; i++) {
            String argument = arguments.get(i);
            boolean next = argument.equals("-o") || argument.equals("--output");
            if (argument.equals("-ojson")
                    || argument.equals("-o=json")
                    || argument.equals("--output=json")
                    || (next && i + 1 < end && arguments.get(i + 1).equals("json"))) {
                return true;
            }
        }
        return false;
    }

    private Optional<Path> logged(Exception exception, CommandLine command) {
        if (!root.verbose()) {
            return Optional.empty();
        }
        StringWriter details = new StringWriter();
        details.append(shell.clock().instant().toString())
                .append(' ')
                .append(String.join(" ", arguments))
                .append('\n');
        exception.printStackTrace(new PrintWriter(details, true));
        try {
            DataFolder folder = shell.dataFolder(givenFolder(command)).create();
            Files.writeString(
                    folder.commandLog(), details.toString(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return Optional.of(folder.commandLog());
        } catch (IOException | Failure unwritable) {
            return Optional.empty();
        }
    }

    /** Of a command that has such an option. */
    private static Optional<Path> givenFolder(CommandLine command) {
        OptionSpec option = command.getCommandSpec().findOption("--data-dir");
        return option == null ? Optional.empty() : option.getValue();
    }
}
