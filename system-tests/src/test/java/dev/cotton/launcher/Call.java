package dev.cotton.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of a command, its output kept in a file.
 *
 * @param process the running or ended command
 * @param log what it prints, errors included
 */
record Call(Process process, Path log) {

    private static final int LIMIT_MINUTES = 8;

    /** Starts a command in a folder; its output goes to a new file in {@code logs}. */
    static Call start(Path folder, Path logs, List<String> command) throws IOException {
        Path log = Files.createTempFile(logs, "call", ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        return new Call(process, log);
    }

    /** Waits for the end, and for this exit code, and gives the output. */
    String output(int exitCode) throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String output = Files.readString(log);
        assertThat(process.exitValue()).as(output).isEqualTo(exitCode);
        return output;
    }
}
