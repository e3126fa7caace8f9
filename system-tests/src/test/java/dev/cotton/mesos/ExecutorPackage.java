package dev.cotton.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The executor's package, made by the launcher of these very sources. */
final class ExecutorPackage {
    private static final int LIMIT_MINUTES = 9;

    private ExecutorPackage() {}

    /** @param folder of the test's, which the package goes to */
    static Path make(Path folder) throws IOException, InterruptedException {
        Path tarball = folder.resolve("cotton-executor.tar.gz");
        Path log = folder.resolve("package.log");
        ProcessBuilder builder = new ProcessBuilder("../cotton", "package", "--output", tarball.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String output = Files.readString(log);
        assertThat(ended && process.exitValue() == 0).as(output).isTrue();
        assertThat(output.stripTrailing()).endsWith(tarball.toString());
        return tarball;
    }
}
