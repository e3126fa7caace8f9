package dev.cotton.testing.mesos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Brings the URIs of a command into its sandbox, as the Mesos fetcher does. */
final class Fetcher {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final List<String> TARS = List.of(".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz");

    private Fetcher() {}

    /** Fetches all of them in order; whatever goes wrong is an IOException. */
    static void fetch(JsonNode uris, Path sandbox) throws IOException, InterruptedException {
        for (JsonNode each : uris) {
            fetchOne(each, sandbox);
        }
    }

    private static void fetchOne(JsonNode uri, Path sandbox) throws IOException, InterruptedException {
        String value = Json.text(uri, "value");
        String base = value.substring(value.lastIndexOf('/') + 1);
        Path target = sandbox.resolve(uri.path("output_file").asString(base));
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        bring(value, target, uri.path("cache").asBoolean(false));
        if (uri.path("executable").asBoolean(false)) {
            run(sandbox, "chmod", "+x", target.toString());
        } else if (uri.path("extract").asBoolean(true)) {
            extract(target, sandbox);
        }
    }

    private static void bring(String uri, Path target, boolean cached) throws IOException, InterruptedException {
        if (!uri.matches("https?://.*")) {
            Files.copy(Path.of(uri.replaceFirst("^file://", "")), target);
            return;
        }
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(LIMIT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(uri)).timeout(LIMIT).header("Accept", "*/*");
            if (cached) {
                check(uri, client.send(request.copy().HEAD().build(), HttpResponse.BodyHandlers.discarding()));
            }
            check(uri, client.send(request.build(), HttpResponse.BodyHandlers.ofFile(target)));
        }
    }

    private static void check(String uri, HttpResponse<?> response) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException("Failed to fetch '" + uri
                    + "': Error downloading resource, received HTTP return code " + response.statusCode());
        }
    }

    private static void extract(Path archive, Path sandbox) throws IOException, InterruptedException {
        String name = archive.toString();
        if (TARS.stream().anyMatch(name::endsWith)) {
            run(sandbox, "tar", "-C", sandbox.toString(), "-xf", name);
        } else if (name.endsWith(".zip")) {
            run(sandbox, "unzip", "-o", "-d", sandbox.toString(), name);
        } else if (name.endsWith(".gz")) {
            run(sandbox, "gzip", "-dk", name);
        }
    }

    private static void run(Path sandbox, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        sandbox.resolve("stdout").toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        sandbox.resolve("stderr").toFile()))
                .start();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("failed: " + String.join(" ", command));
        }
    }
}
