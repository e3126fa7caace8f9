package dev.cotton.storage.s3;

import static org.awaitility.Awaitility.await;

import dev.cotton.testing.executor.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** An S3 server as a process of its own, on loopback, which keeps its objects when it is killed. */
final class S3Server {
    private final Path folder;
    private final int port;
    private Process process;

    S3Server(Path folder) throws IOException {
        this.folder = folder;
        this.port = FreePorts.one();
        Files.createDirectories(folder.resolve("objects/backups"));
        Files.writeString(credentials(), """
                [default]
                aws_access_key_id = tester
                aws_secret_access_key = not-a-secret

                [stranger]
                aws_access_key_id = stranger
                aws_secret_access_key = a-guess
                """);
        Files.writeString(settings(), """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v4
                s3proxy.identity=tester
                s3proxy.credential=not-a-secret
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(port, folder.resolve("objects")));
        this.process = start();
    }

    private Process start() throws IOException {
        Process started = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings().toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            await().atMost(Duration.ofMinutes(2)).until(() -> answers(client));
        }
        return started;
    }

    private boolean answers(HttpClient client) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 403;
        } catch (IOException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    private Path settings() {
        return folder.resolve("settings");
    }

    Path credentials() {
        return folder.resolve("credentials");
    }

    /** A store in a folder of the bucket, reached by that port. */
    String location(String name, int by, String settings) {
        return "s3://backups/" + name + "?endpoint=http://127.0.0.1:" + by + "&credentials-file=" + credentials()
                + settings;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void startAgain() throws IOException {
        process = start();
    }
}
