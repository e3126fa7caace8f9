package dev.cotton.cli.bench;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.core.wire.InstanceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that writes to another one.
 *
 * @param folder in the playground: what they complain about is written there, and they end with it
 * @param limit for both
 */
record Pipeline(Path folder, Duration limit) {
    /** @throws Failure when one of the programs is not on this machine */
    static void require(String... programs) {
        for (String program : programs) {
            boolean there = Stream.of(System.getenv()
                            .getOrDefault("PATH", "/usr/bin:/bin")
                            .split(":"))
                    .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
            if (!there) {
                throw new Failure(
                        ExitCode.CONFLICT,
                        "What is measured is also done by hand, with " + program + ", which this machine has not."
                                + " Install it. Nothing was measured.");
            }
        }
    }

    /** {@code from | to > file}. */
    void intoFile(List<String> from, List<String> to, Path file) throws IOException, InterruptedException {
        run(program(from), program(to).redirectOutput(file.toFile()));
    }

    /** {@code from < file | to}. */
    void outOfFile(Path file, List<String> from, List<String> to) throws IOException, InterruptedException {
        run(program(from).redirectInput(file.toFile()), program(to).redirectOutput(ProcessBuilder.Redirect.DISCARD));
    }

    private ProcessBuilder program(List<String> command) {
        ProcessBuilder program = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(complaints().toFile()));
        program.environment().put(InstanceFolder.MARK, folder.toString());
        return program;
    }

    private Path complaints() {
        return folder.resolve("programs.log");
    }

    private void run(ProcessBuilder from, ProcessBuilder to) throws IOException, InterruptedException {
        List<Process> processes = ProcessBuilder.startPipeline(List.of(from, to));
        try {
            for (Process process : processes) {
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                    throw new Failure(
                            ExitCode.FAILED, "The floor failed in tar or zstd: " + Files.readString(complaints()));
                }
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }
}
