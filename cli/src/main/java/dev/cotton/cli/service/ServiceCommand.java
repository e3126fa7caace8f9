package dev.cotton.cli.service;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.machine.Account;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.machine.Launcher;
import dev.cotton.cli.options.DataFolderOptions;
import dev.cotton.cli.options.OutputOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cotton service}. */
@Command(
        name = "service",
        description =
                "Let systemd keep Cotton running, also after a reboot: the machine's when root asks, else the user's.")
public final class ServiceCommand implements Runnable {
    private final Shell shell;

    public ServiceCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        throw new Failure(ExitCode.USAGE, "Say what to do: service install, service uninstall or service print.");
    }

    @Command(name = "install", description = "Write the unit, and start it now and at every boot.")
    void install(
            @Mixin DataFolderOptions data,
            @Mixin OutputOptions output,
            @Option(names = "--dry-run", description = "Print what would be done, and do nothing.") boolean dryRun,
            @Parameters(
                            paramLabel = "ARGUMENT",
                            arity = "0..*",
                            description = "Further arguments of 'cotton up', after --.")
                    @Nullable
                    List<String> arguments) {
        Systemd systemd = systemd();
        SystemdUnit unit = unit(data.folder(shell), arguments);
        List<List<String>> commands = systemd.afterInstalling(System.getProperty("user.name", ""));
        if (!dryRun) {
            systemd.write(unit);
            commands.forEach(Systemd::run);
        }
        String verb = dryRun ? "Would write " : "Wrote ";
        report(output, verb + systemd.unitFile(), unit, commands, dryRun);
    }

    @Command(name = "uninstall", description = "Stop the scheduler and remove the unit. The databases go on.")
    void uninstall(
            @Mixin OutputOptions output,
            @Option(names = "--dry-run", description = "Print what would be done, and do nothing.") boolean dryRun) {
        Systemd systemd = systemd();
        if (!systemd.isInstalled()) {
            throw new Failure(ExitCode.NOT_FOUND, "There is no unit " + systemd.unitFile() + ".");
        }
        List<List<String>> commands = new ArrayList<>(systemd.beforeUninstalling());
        commands.addAll(systemd.afterUninstalling());
        if (!dryRun) {
            systemd.beforeUninstalling().forEach(Systemd::run);
            systemd.remove();
            systemd.afterUninstalling().forEach(Systemd::run);
        }
        output.write(
                shell,
                Map.of("unitFile", systemd.unitFile().toString(), "done", !dryRun, "commands", lines(commands)),
                paint -> (dryRun ? "Would remove " : "Removed ") + systemd.unitFile()
                        + ". The databases go on; cotton down --all stops them.\n");
    }

    @Command(name = "print", description = "Print the unit.")
    void print(
            @Mixin DataFolderOptions data,
            @Mixin OutputOptions output,
            @Parameters(
                            paramLabel = "ARGUMENT",
                            arity = "0..*",
                            description = "Further arguments of 'cotton up', after --.")
                    @Nullable
                    List<String> arguments) {
        SystemdUnit unit = unit(data.folder(shell), arguments);
        output.write(
                shell, Map.of("unitFile", systemd().unitFile().toString(), "unit", unit.text()), paint -> unit.text());
    }

    private void report(
            OutputOptions output, String file, SystemdUnit unit, List<List<String>> commands, boolean dryRun) {
        output.write(
                shell,
                Map.of(
                        "unitFile",
                        systemd().unitFile().toString(),
                        "unit",
                        unit.text(),
                        "done",
                        !dryRun,
                        "commands",
                        lines(commands)),
                paint -> file + (dryRun ? ":\n\n" + unit.text() + "\nWould run:\n  " : " and ran:\n  ")
                        + String.join("\n  ", lines(commands)) + "\n"
                        + (dryRun ? "" : "Cotton runs, also after a reboot. Look with: cotton list\n"));
    }

    private static List<String> lines(List<List<String>> commands) {
        return commands.stream().map(command -> String.join(" ", command)).toList();
    }

    private Systemd systemd() {
        return Account.isRoot()
                ? new Systemd(true, Path.of("/etc/systemd/system"))
                : new Systemd(false, Account.configuration(shell.environment()).resolve("systemd/user"));
    }

    private SystemdUnit unit(DataFolder folder, @Nullable List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Launcher.ofProcess().script().toString(),
                "up",
                "--data-dir",
                folder.path().toString()));
        command.addAll(arguments == null ? List.of() : arguments);
        Map<String, String> environment = new TreeMap<>();
        shell.variable("JAVA_HOME").ifPresent(home -> environment.put("JAVA_HOME", home));
        shell.variable("COTTON_JAVA_OPTIONS").ifPresent(options -> environment.put("COTTON_JAVA_OPTIONS", options));
        return new SystemdUnit(command, environment, folder.path(), Account.isRoot());
    }
}
