package dev.cotton.cli.command;

import dev.cotton.cli.Shell;
import java.util.Iterator;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cotton completion}. */
@Command(
        name = "completion",
        description = "Print a script that completes commands and options. For bash: source <(cotton completion bash)")
public final class CompletionCommand implements Runnable {
    /** The shells that the script is for. */
    enum Kind {
        BASH,
        ZSH
    }

    /** For completion. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(Kind.values())
                    .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                    .iterator();
        }
    }

    private static final String FOR_ZSH = "autoload -Uz compinit bashcompinit\ncompinit -u\nbashcompinit\n";

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SHELL", completionCandidates = Kinds.class, description = "bash or zsh.")
    private Kind kind = Kind.BASH;

    private final Shell shell;

    public CompletionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        CommandSpec root = Objects.requireNonNull(spec, "set by the parser").root();
        String script = AutoComplete.bash(root.name(), root.commandLine());
        shell.terminal().print(kind == Kind.ZSH ? FOR_ZSH + script : script);
    }
}
