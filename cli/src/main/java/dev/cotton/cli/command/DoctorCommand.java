package dev.cotton.cli.command;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Shell;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.machine.Mysql;
import dev.cotton.cli.options.DataFolderOptions;
import dev.cotton.cli.options.MysqlOptions;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.options.PlaceOptions;
import dev.cotton.cli.options.PortSpan;
import dev.cotton.cli.terminal.Paint;
import dev.cotton.executor.app.machine.MachineCheck;
import dev.cotton.executor.app.machine.MachineCheck.Outcome;
import dev.cotton.executor.app.machine.MachineExamination;
import dev.cotton.executor.app.machine.PortRange;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cotton doctor}. */
@Command(
        name = "doctor",
        description = "Look whether this machine has what Cotton needs, and which MySQL would be used and why. Changes"
                + " nothing. Exits with 1 when something is missing.")
public final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private final DataFolderOptions data = new DataFolderOptions();

    @Mixin
    private final PlaceOptions place = new PlaceOptions();

    @Mixin
    private final MysqlOptions wanted = new MysqlOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;
    private final Mysql mysql;

    public DoctorCommand(Shell shell, Mysql mysql) {
        this.shell = shell;
        this.mysql = mysql;
    }

    @Override
    public Integer call() {
        DataFolder folder = data.folder(shell);
        PortSpan ports = place.instancePorts();
        List<MachineCheck> checks = new MachineExamination(
                        folder.path(),
                        new PortRange(ports.first(), ports.last()),
                        place.frameworkUser(),
                        mysql.installer(folder, wanted))
                .run();
        boolean healthy = checks.stream().noneMatch(check -> check.outcome() == Outcome.FAILED);
        output.write(
                shell,
                Map.of(
                        "healthy",
                        healthy,
                        "checks",
                        checks.stream().map(DoctorCommand::json).toList()),
                paint -> text(checks, healthy, paint));
        return (healthy ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private static Map<String, String> json(MachineCheck check) {
        return Map.of(
                "name", check.name(),
                "outcome", check.outcome().name().toLowerCase(Locale.ROOT),
                "sentence", check.sentence(),
                "remedy", check.remedy());
    }

    private static String text(List<MachineCheck> checks, boolean healthy, Paint paint) {
        int width =
                checks.stream().mapToInt(check -> check.name().length()).max().orElse(0);
        String lines = checks.stream()
                .map(check -> mark(check.outcome(), paint) + " " + check.name()
                        + " ".repeat(width - check.name().length() + 2) + check.sentence() + "\n"
                        + (check.remedy().isEmpty() ? "" : " ".repeat(width + 4) + "→ " + check.remedy() + "\n"))
                .collect(Collectors.joining());
        return lines + "\n"
                + (healthy ? "This machine can run databases.\n" : "This machine cannot run databases as it is.\n");
    }

    private static String mark(Outcome outcome, Paint paint) {
        return switch (outcome) {
            case OK -> paint.green("✓");
            case WARNING -> paint.yellow("!");
            case FAILED -> paint.red("✗");
        };
    }
}
