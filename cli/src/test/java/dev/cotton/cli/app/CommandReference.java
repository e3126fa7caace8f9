package dev.cotton.cli.app;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What the parser knows about commands, as a page of Markdown. */
final class CommandReference {
    private static final String BEGINNING = """
            # Command reference

            Every command says this with `--help` too. This page is generated from the commands themselves;
            [CONTRIBUTING.md](../../CONTRIBUTING.md) says how.
            """;

    private CommandReference() {}

    static String of(CommandSpec root) {
        StringBuilder page = new StringBuilder(BEGINNING);
        page.append("\n| command | what it does |\n|---|---|\n");
        children(root)
                .forEach(command -> page.append("| [`%s`](#%s) | %s |\n"
                        .formatted(command.qualifiedName(), anchor(command), description(command))));
        page.append("\n## Every command\n\n").append(options(root.options().stream()));
        children(root).forEach(command -> append(page, command));
        return page.toString();
    }

    private static void append(StringBuilder page, CommandSpec command) {
        page.append("\n## ").append(command.qualifiedName()).append("\n\n");
        page.append(description(command))
                .append("\n\n```\n")
                .append(synopsis(command))
                .append("\n```\n");
        List<OptionSpec> own =
                command.options().stream().filter(option -> !option.inherited()).toList();
        Stream.of(parameters(command), options(own.stream()))
                .filter(table -> !table.isEmpty())
                .forEach(table -> page.append('\n').append(table));
        children(command).forEach(child -> append(page, child));
    }

    private static Stream<CommandSpec> children(CommandSpec command) {
        return command.subcommands().values().stream()
                .map(child -> child.getCommandSpec())
                .filter(child -> !child.usageMessage().hidden())
                .distinct();
    }

    private static String synopsis(CommandSpec command) {
        Stream<String> parameters = shown(command.positionalParameters()).map(CommandReference::inSynopsis);
        Stream<String> subcommand = children(command).findAny().isPresent() ? Stream.of("COMMAND") : Stream.of();
        return Stream.of(Stream.of(command.qualifiedName(), "[OPTIONS]"), parameters, subcommand)
                .flatMap(words -> words)
                .collect(Collectors.joining(" "));
    }

    private static String inSynopsis(PositionalParamSpec parameter) {
        String label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
        return parameter.required() ? label : "[" + label + "]";
    }

    private static String parameters(CommandSpec command) {
        return table(shown(command.positionalParameters())
                .map(parameter -> row("`" + parameter.paramLabel() + "`", parameter))
                .toList());
    }

    private static String options(Stream<OptionSpec> options) {
        return table(options.filter(option -> !option.hidden())
                .sorted((one, other) -> one.longestName().compareTo(other.longestName()))
                .map(option -> row(names(option), option))
                .toList());
    }

    private static <T extends ArgSpec> Stream<T> shown(List<T> all) {
        return all.stream().filter(each -> !each.hidden());
    }

    private static String names(OptionSpec option) {
        String label = option.arity().max() > 0 ? " " + option.paramLabel() : "";
        return Stream.of(option.names())
                .map(name -> "`" + name + (name.equals(option.longestName()) ? label : "") + "`")
                .collect(Collectors.joining(", "));
    }

    private static String row(String what, ArgSpec argument) {
        return "| " + what + " | " + cell(argument.description()) + " |\n";
    }

    private static String table(List<String> rows) {
        return rows.isEmpty() ? "" : "| | |\n|---|---|\n" + String.join("", rows);
    }

    private static String description(CommandSpec command) {
        return cell(command.usageMessage().description());
    }

    private static String cell(String... text) {
        return String.join(" ", text).replace("|", "\\|").replace("<", "&lt;");
    }

    private static String anchor(CommandSpec command) {
        return command.qualifiedName("-");
    }
}
