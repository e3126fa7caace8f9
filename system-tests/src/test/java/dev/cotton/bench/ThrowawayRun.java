package dev.cotton.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.cli.app.Cotton;
import dev.cotton.mysql.TestMysql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run of a command that makes a scheduler of its own.
 *
 * @param folder where all of it happens
 */
record ThrowawayRun(Path folder) {
    private static final int PORTS = 22_300;

    /** What it says, when it has ended well. */
    JsonNode json(String... arguments) throws IOException, InterruptedException {
        Path work = Files.createDirectory(
                folder.resolve("work"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> command = new ArrayList<>(List.of(script().toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--work-dir", work.toString(), "--instance-ports", PORTS + "-" + (PORTS + 99)));
        command.addAll(List.of(
                "--mysql-home",
                mysqlHome(),
                "--data-dir",
                folder.resolve("data").toString()));
        command.addAll(List.of("-o", "json"));
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(folder.resolve("err")))
                    .isZero();
            return JsonMapper.shared().readTree(Files.readString(folder.resolve("out")));
        } finally {
            process.destroy();
            process.onExit().join();
        }
    }

    private static String mysqlHome() {
        return Path.of(TestMysql.programs().mysqld())
                .resolve("../..")
                .normalize()
                .toString();
    }

    /** Stands in for the launcher, which would build the program first. */
    private Path script() throws IOException {
        Path script = folder.resolve("cotton");
        String text = """
                #!/bin/sh
                exec '%s/bin/java' -XX:+UseSerialGC -Xmx192m -cp '%s' -Dcotton.launcher="$0" \\
                    -Dcotton.executor.package='%s' %s "$@"
                """.formatted(
                        System.getProperty("java.home"),
                        System.getProperty("java.class.path"),
                        System.getProperty("cotton.executor.package"),
                        Cotton.class.getName());
        Files.writeString(script, text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    /** Files that it has made, and processes that have to do with them. */
    List<String> leftOvers() throws IOException {
        Path work = folder.resolve("work");
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(work)) {
            files.map(Path::toString).forEach(found::add);
        }
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            processes
                    .map(process -> commandLine(process.pid()))
                    .filter(line -> line.contains(work.toString()))
                    .forEach(found::add);
        }
        return found;
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }
}
