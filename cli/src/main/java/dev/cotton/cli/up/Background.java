package dev.cotton.cli.up;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.follow.Patience;
import dev.cotton.cli.machine.Account;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.machine.Launcher;
import dev.cotton.cli.machine.RunningScheduler;
import dev.cotton.cli.terminal.Spans;
import dev.cotton.cli.terminal.Steps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A scheduler in a session of its own, which outlives this process. Used by one thread. */
public final class Background {
    private final DataFolder folder;

    public Background(DataFolder folder) {
        this.folder = folder;
    }

    /** What it writes besides its log. */
    private Path output() {
        return folder.logs().resolve("up.out");
    }

    /**
     * Starts it and waits until it answers. Another one that was quicker serves as well.
     *
     * @param up what it is to be like
     * @throws Failure with what it said, when it ends instead
     */
    public RunningScheduler start(Launcher launcher, UpCall up, Steps steps, Patience patience) {
        steps.begin("Starting the scheduler");
        long written = size();
        Process process = spawn(launcher, up);
        RunningScheduler running = await(steps, patience, process::isAlive).orElseThrow(() -> {
            steps.failed();
            return new Failure(ExitCode.FAILED, "The scheduler did not start. It said: " + said(written));
        });
        steps.done(
                "The scheduler runs at " + running.url().map(Object::toString).orElse("?"));
        return running;
    }

    /** Waits until the scheduler that another process has started answers. */
    RunningScheduler await(Steps steps, Patience patience) {
        return await(steps, patience, () -> true)
                .orElseThrow(() -> new IllegalStateException("It can only answer or be late."));
    }

    private Optional<RunningScheduler> await(Steps steps, Patience patience, BooleanSupplier goesOn) {
        while (true) {
            boolean alive = goesOn.getAsBoolean();
            Optional<RunningScheduler> running =
                    folder.runningScheduler().filter(each -> each.url().isPresent());
            if (running.isPresent() || !alive) {
                return running;
            }
            if (!patience.pause()) {
                steps.failed();
                throw new Failure(
                        ExitCode.TIMEOUT,
                        "The scheduler does not answer after " + Spans.of(patience.limit()) + ". Its log is "
                                + folder.schedulerLog() + ".");
            }
        }
    }

    private Process spawn(Launcher launcher, UpCall up) {
        List<String> command =
                new ArrayList<>(List.of("setsid", launcher.script().toString(), "up"));
        command.addAll(up.arguments());
        command.add(UpCommand.SERVE);
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(up.folder().toFile());
            builder.environment().put(Account.DATA_FOLDER, folder.path().toString());
            return builder.redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
                    .start();
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "The scheduler cannot be started (" + e.getMessage() + ").", e);
        }
    }

    private long size() {
        try {
            return Files.exists(output()) ? Files.size(output()) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String said(long from) {
        try {
            byte[] all = Files.readAllBytes(output());
            int begin = (int) Math.min(from, all.length);
            String text = new String(all, begin, all.length - begin, java.nio.charset.StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "nothing. Its log is " + folder.schedulerLog() + "." : text;
        } catch (IOException e) {
            return "nothing that can be read (" + e.getMessage() + ").";
        }
    }
}
