package dev.cotton.testing.mesos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * A process with all that descends from it, also what made itself a daemon: it dies as a whole. Its processes are
 * found in a control group of its own where there can be one, and by the sandbox in their environment.
 */
final class Container {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SANDBOX = "MESOS_SANDBOX=";
    private final Process process;
    private final Optional<ControlGroup> group;
    private final String marker;
    private volatile boolean running = true;

    private Container(Process process, Optional<ControlGroup> group, Path sandbox) {
        this.process = process;
        this.group = group;
        this.marker = SANDBOX + sandbox;
    }

    /**
     * Starts {@code command} in {@code sandbox} with exactly {@code environment}; {@code ended} gets the raw wait
     * status on a thread of its own, when the process has ended and all its descendants have been killed.
     */
    static Container start(
            String id, Path sandbox, List<String> command, Map<String, String> environment, IntConsumer ended) {
        Optional<ControlGroup> group = ControlGroup.of(id);
        List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", "[ -z \"$0\" ] || echo $$ > \"$0\"; exec \"$@\""));
        line.add(group.map(each -> each.members().toString()).orElse(""));
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(sandbox.toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        sandbox.resolve("stdout").toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        sandbox.resolve("stderr").toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Container container = new Container(builder.start(), group, sandbox);
            Thread.ofVirtual().name("container-" + id).start(() -> container.await(ended));
            return container;
        } catch (IOException e) {
            group.ifPresent(ControlGroup::remove);
            throw new UncheckedIOException("cannot start " + line, e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Whether the process, or anything that descends from it, may still live. */
    boolean isRunning() {
        return running;
    }

    /** Sends SIGTERM to the process and to what descends from it. */
    void terminate() {
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroy);
    }

    /** Kills the process; the rest of the container follows. */
    void destroy() {
        process.destroyForcibly();
    }

    private void await(IntConsumer ended) {
        try {
            int status = rawStatus(process.waitFor());
            killAll();
            ended.accept(status);
            running = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void killAll() throws InterruptedException {
        Instant limit = Instant.now().plus(PATIENCE);
        boolean removed = false;
        while (!removed && Instant.now().isBefore(limit)) {
            Set<Long> left = processes();
            left.forEach(Container::kill);
            removed = left.isEmpty() && group.map(ControlGroup::remove).orElse(true);
            if (!removed) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    private Set<Long> processes() {
        Set<Long> found = new HashSet<>(group.map(ControlGroup::processes).orElse(List.of()));
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            all.filter(each -> each.getFileName().toString().chars().allMatch(Character::isDigit))
                    .filter(this::isMarked)
                    .forEach(each -> found.add(Long.valueOf(each.getFileName().toString())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list processes", e);
        }
        return found;
    }

    private boolean isMarked(Path process) {
        try {
            byte[] environment = Files.readAllBytes(process.resolve("environ"));
            return List.of(new String(environment, StandardCharsets.UTF_8).split("\0"))
                    .contains(marker);
        } catch (IOException goneOrForeign) {
            return false;
        }
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** What wait(2) gives: an exit status in the second byte, a signal in the first. */
    private static int rawStatus(int exit) {
        return exit > 128 && exit <= 192 ? exit - 128 : exit << 8;
    }
}
