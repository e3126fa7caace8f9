package dev.cotton.executor.server;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process of Java with the tests' classes. */
final class Jvm {
    private Jvm() {}

    static Process start(Class<?> main, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words).redirectError(Redirect.INHERIT).start();
    }

    /** What it printed. */
    static String run(Class<?> main, String... arguments) throws IOException {
        return new String(start(main, arguments).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
