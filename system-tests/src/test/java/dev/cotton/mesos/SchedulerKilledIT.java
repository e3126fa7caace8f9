package dev.cotton.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.mesos.Guillotine.Cut;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scheduler is killed at every step of an instance's life on a fleet, before the step and when it was done: another
 * one finishes what was begun, data that were there are never lost, nothing runs twice, and nothing is left.
 */
final class SchedulerKilledIT {
    private static final int AT_A_TIME = 16;

    @TempDir
    Path folder;

    /** How often these come, or whether an agent's resources come in one offer, is a matter of time. */
    private static final Pattern CHANCE = Pattern.compile(
            "(RECONCILE|REVIVE|DECLINE|SUPPRESS|KILL|ACCEPT UNRESERVE|ACKNOWLEDGE_OPERATION_STATUS) #.*");

    @Test
    void atEveryStep() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<Cut> cuts = CutLife.live(folder.resolve("whole"), Optional.empty()).steps().stream()
                .filter(step -> step.endsWith(" #1") || !CHANCE.matcher(step).matches())
                .flatMap(step -> Stream.of(new Cut(step, false), new Cut(step, true)))
                .toList();
        Map<String, String> failures = new TreeMap<>();
        List<Cut> fallen = live(cuts, failures);
        assertThat(failures).isEmpty();
        assertThat(fallen)
                .containsAll(cuts.stream()
                        .filter(cut -> !CHANCE.matcher(cut.step()).matches())
                        .toList());
        assertThat(fallen)
                .filteredOn(Cut::done)
                .extracting(Cut::step)
                .contains(
                        "save framework #1",
                        "SUBSCRIBED #1",
                        "ACCEPT RESERVE CREATE LAUNCH #1",
                        "save RUN TASK_STARTING #1",
                        "save RUN TASK_RUNNING #1",
                        "ACKNOWLEDGE #1",
                        "KILL #1",
                        "save BIN TASK_KILLED #1",
                        "ACCEPT LAUNCH #1",
                        "ACCEPT DESTROY UNRESERVE #1",
                        "remove #1");
    }

    /** Lives all of them; returns in which ones somebody was killed. */
    private List<Cut> live(List<Cut> cuts, Map<String, String> failures) throws InterruptedException {
        List<Cut> fallen = new ArrayList<>();
        try (ExecutorService lives = Executors.newFixedThreadPool(
                AT_A_TIME, Thread.ofPlatform().name("life-", 0).factory())) {
            List<Future<Guillotine>> running = new ArrayList<>();
            for (Cut cut : cuts) {
                Path own = folder.resolve("life-" + running.size());
                running.add(lives.submit(() -> CutLife.live(own, Optional.of(cut))));
            }
            for (int at = 0; at < cuts.size(); at++) {
                try {
                    if (running.get(at).get().fallen()) {
                        fallen.add(cuts.get(at));
                    }
                } catch (ExecutionException failed) {
                    failures.put(cuts.get(at).toString(), String.valueOf(failed.getCause()));
                }
            }
        }
        return fallen;
    }
}
