package dev.cotton.cli.service;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The service manager of the machine or of this user.
 *
 * @param system whose it is
 * @param units where unit files go
 */
record Systemd(boolean system, Path units) {
    private static final int PATIENCE_SECONDS = 60;

    Path unitFile() {
        return units.resolve(SystemdUnit.NAME);
    }

    boolean isInstalled() {
        return Files.exists(unitFile());
    }

    /** The commands that make it know the unit and start it, now and at every boot. */
    List<List<String>> afterInstalling(String user) {
        List<List<String>> commands = new ArrayList<>();
        if (!system) {
            commands.add(List.of("loginctl", "enable-linger", user));
        }
        commands.add(systemctl("daemon-reload"));
        commands.add(systemctl("enable", "--now", SystemdUnit.NAME));
        return commands;
    }

    /** The commands that stop the unit and keep it from starting. */
    List<List<String>> beforeUninstalling() {
        return List.of(systemctl("disable", "--now", SystemdUnit.NAME));
    }

    List<List<String>> afterUninstalling() {
        return List.of(systemctl("daemon-reload"));
    }

    private List<String> systemctl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("systemctl"));
        if (!system) {
            command.add("--user");
        }
        command.addAll(List.of(arguments));
        return command;
    }

    void write(SystemdUnit unit) {
        try {
            Files.createDirectories(units);
            Files.writeString(unitFile(), unit.text());
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED,
                    "The unit " + unitFile() + " cannot be written (" + e.getMessage() + "). Nothing was changed.",
                    e);
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(unitFile());
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED, "The unit " + unitFile() + " cannot be removed (" + e.getMessage() + ").", e);
        }
    }

    /** Runs a command to its end. */
    static void run(List<String> command) {
        String line = String.join(" ", command);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new Failure(ExitCode.TIMEOUT, "'" + line + "' did not end.");
            }
            if (process.exitValue() != 0) {
                throw new Failure(ExitCode.FAILED, "'" + line + "' failed: " + said);
            }
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED, "'" + line + "' cannot be run (" + e.getMessage() + "). Is systemd here?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "Interrupted during '" + line + "'.", e);
        }
    }
}
