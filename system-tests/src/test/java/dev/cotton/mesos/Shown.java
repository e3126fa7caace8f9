package dev.cotton.mesos;

import dev.cotton.testing.mesos.MesosSimulator;
import dev.cotton.testing.mesos.SimulatedAgent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that is seen by who may look at masters, agents, sandboxes and the processes of their hosts; but for what was in the
 * executor's package, which everybody may have.
 *
 * @param parts by where it is seen
 * @param sandboxFiles names in sandboxes
 */
record Shown(Map<String, String> parts, List<String> sandboxFiles) {
    /** What a sandbox has in it. */
    static final List<String> EXPECTED = List.of("stdout", "stderr", "executor.log", "cotton-executor", "data");

    private static final int LARGEST = 1 << 20;

    static Shown of(MesosSimulator mesos) throws IOException, InterruptedException {
        Map<String, String> parts = new TreeMap<>();
        for (String path : List.of("/state", "/tasks")) {
            parts.put(path, get("http://" + mesos.leader() + path));
        }
        Stream.Builder<String> names = Stream.builder();
        for (SimulatedAgent agent : mesos.agents()) {
            for (Path sandbox : agent.sandboxes()) {
                try (Stream<Path> files = Files.list(sandbox)) {
                    files.forEach(file -> names.add(String.valueOf(file.getFileName())));
                }
                readAll(sandbox, parts);
            }
            for (long container : agent.containers()) {
                ProcessHandle first = ProcessHandle.of(container).orElseThrow();
                Stream.concat(Stream.of(first), first.descendants()).forEach(process -> see(process.pid(), parts));
            }
        }
        return new Shown(Map.copyOf(parts), names.build().toList());
    }

    private static void readAll(Path sandbox, Map<String, String> parts) throws IOException {
        try (Stream<Path> files = Files.walk(sandbox)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(sandbox.resolve("cotton-executor")))
                    .toList()) {
                if (Files.size(file) < LARGEST) {
                    parts.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
    }

    private static void see(long process, Map<String, String> parts) {
        for (String name : List.of("cmdline", "environ")) {
            Path file = Path.of("/proc", Long.toString(process), name);
            try {
                parts.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            } catch (IOException ended) {
                parts.remove(file.toString());
            }
        }
    }

    private static String get(String address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    String whole() {
        return String.join("\n", parts.values());
    }
}
