package dev.cotton.cli.options;

import dev.cotton.cli.Shell;
import dev.cotton.cli.terminal.OutputFormat;
import dev.cotton.cli.terminal.Paint;
import dev.cotton.cli.terminal.Terminal;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** How a command writes its result. */
public final class OutputOptions {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            completionCandidates = Formats.class,
            description = "text, for people (default), or json: one document, or one per line where a command goes on.")
    private OutputFormat format = OutputFormat.TEXT;

    /** For completion. */
    static final class Formats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(OutputFormat.values()).map(OutputFormat::toString).iterator();
        }
    }

    public OutputFormat format() {
        return format;
    }

    public boolean isJson() {
        return format == OutputFormat.JSON;
    }

    /** Writes {@code document} as JSON, or {@code text}, which ends in a newline. */
    public void write(Shell shell, Object document, Function<Paint, String> text) {
        Terminal terminal = shell.terminal();
        if (isJson()) {
            terminal.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document));
        } else {
            terminal.print(text.apply(terminal.paint()));
        }
    }

    /** Writes one of several results: {@code document} as JSON in one line, or {@code text}. */
    public void writeLine(Shell shell, Object document, Function<Paint, String> text) {
        Terminal terminal = shell.terminal();
        terminal.println(isJson() ? JSON.writeValueAsString(document) : text.apply(terminal.paint()));
    }
}
