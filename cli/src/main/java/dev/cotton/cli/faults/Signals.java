package dev.cotton.cli.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sends signals to processes that need not be children of this one. */
final class Signals {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private Signals() {}

    static void kill(List<Long> processes) {
        processes.forEach(process -> ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly));
    }

    /** Returns when they are gone, so that nothing that they used is in use any more. */
    static void killAndAwait(List<Long> processes) {
        kill(processes);
        processes.forEach(process -> ProcessHandle.of(process)
                .ifPresent(handle -> handle.onExit()
                        .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                        .join()));
    }

    /** Asks it to end. */
    static void terminate(long process) {
        ProcessHandle.of(process).ifPresent(ProcessHandle::destroy);
    }

    static void stop(List<Long> processes) throws IOException, InterruptedException {
        send("STOP", processes);
    }

    /** Lets those that still exist go on. */
    static void goOn(List<Long> processes) throws IOException, InterruptedException {
        List<Long> alive = processes.stream()
                .filter(process ->
                        ProcessHandle.of(process).filter(ProcessHandle::isAlive).isPresent())
                .toList();
        if (!alive.isEmpty()) {
            send("CONT", alive);
        }
    }

    private static void send(String signal, List<Long> processes) throws IOException, InterruptedException {
        StringBuilder command = new StringBuilder("kill -s ").append(signal);
        processes.forEach(process -> command.append(' ').append(process));
        Process kill = new ProcessBuilder("sh", "-c", command.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!kill.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS) || kill.exitValue() != 0) {
            throw new IOException("the signal SIG" + signal + " could not be sent to the processes " + processes);
        }
    }
}
