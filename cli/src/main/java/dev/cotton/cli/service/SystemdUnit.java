package dev.cotton.cli.service;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A unit that keeps a scheduler and its local engine running. Stopping it stops the scheduler alone: the databases go on.
 *
 * @param command the program and its arguments; the program's path is absolute
 * @param environment what the command needs
 * @param system for the machine, else for one user
 */
record SystemdUnit(List<String> command, Map<String, String> environment, Path dataFolder, boolean system) {
    static final String NAME = "cotton.service";

    SystemdUnit {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** The unit file. */
    String text() {
        return """
                [Unit]
                Description=Cotton: MySQL clusters (data in %s)
                %s
                [Service]
                Type=exec
                ExecStart=%s
                %s# Executors and databases are in this unit's control group and outlive the scheduler.
                KillMode=process
                SuccessExitStatus=130 143
                Restart=on-failure
                RestartSec=2
                TimeoutStopSec=60
                # Limits for each instance are set below this unit's control group.
                Delegate=yes
                LimitNOFILE=65536
                TasksMax=infinity

                [Install]
                WantedBy=%s
                """.formatted(
                        specifiersEscaped(dataFolder.toString()),
                        system ? "After=network-online.target\nWants=network-online.target\n" : "",
                        command.stream().map(SystemdUnit::argument).collect(Collectors.joining(" ")),
                        variables(),
                        system ? "multi-user.target" : "default.target");
    }

    private String variables() {
        return new TreeMap<>(environment)
                .entrySet().stream()
                        .map(variable -> "Environment=" + word(variable.getKey() + "=" + variable.getValue()) + "\n")
                        .collect(Collectors.joining());
    }

    /** One word of a command line: unlike elsewhere, variables are replaced there. */
    private static String argument(String text) {
        return word(text.replace("$", "$$"));
    }

    /** One word as systemd reads it. */
    private static String word(String text) {
        String escaped = specifiersEscaped(text)
                .replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n");
        return text.matches("[A-Za-z0-9_./:=,@+-]+") ? escaped : '"' + escaped + '"';
    }

    private static String specifiersEscaped(String text) {
        return text.replace("%", "%%");
    }
}
