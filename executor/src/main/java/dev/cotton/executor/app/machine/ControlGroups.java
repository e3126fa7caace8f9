package dev.cotton.executor.app.machine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The kernel's control groups, by which memory and processors of an instance are limited.
 *
 * @param self {@code /proc/self}
 */
record ControlGroups(Path self, Account account) {
    private static final String CHECK = "control groups";
    private static final List<String> NEEDED = List.of("memory", "cpu");
    private static final String CONSEQUENCE =
            "Instances run all the same, but nothing keeps one from taking the memory and processors of others.";

    /**
     * A mounted hierarchy.
     *
     * @param type {@code cgroup} for version 1, {@code cgroup2} for version 2
     * @param options in version 1 these have the controllers
     */
    private record Mount(Path point, String type, List<String> options) {}

    MachineCheck check() {
        List<Mount> mounts = ProcFile.lines(self.resolve("mountinfo")).stream()
                .flatMap(line -> mount(line).stream())
                .toList();
        Optional<Mount> unified = mounts.stream()
                .filter(mount -> mount.type().equals("cgroup2"))
                .filter(mount -> controllers(mount).containsAll(NEEDED))
                .findFirst();
        if (unified.isPresent()) {
            return judge(2, List.of(folder(unified.get(), "")));
        }
        List<Path> separate = NEEDED.stream()
                .flatMap(controller -> mounts.stream()
                        .filter(mount ->
                                mount.type().equals("cgroup") && mount.options().contains(controller))
                        .limit(1)
                        .map(mount -> folder(mount, controller)))
                .toList();
        if (separate.size() == NEEDED.size()) {
            return judge(1, separate);
        }
        return MachineCheck.warning(
                CHECK,
                "There are no control groups for memory and processors. " + CONSEQUENCE,
                "Mount them if limits are wanted.");
    }

    private MachineCheck judge(int version, List<Path> folders) {
        List<Path> closed =
                folders.stream().filter(folder -> !Files.isWritable(folder)).toList();
        return closed.isEmpty()
                ? MachineCheck.ok(CHECK, "Control groups version " + version + " limit memory and processors.")
                : MachineCheck.warning(
                        CHECK,
                        "Control groups version " + version + " are there, but " + account.name() + " may not write in "
                                + closed.getFirst() + ". " + CONSEQUENCE,
                        "Start Cotton as root or as a systemd service with Delegate=yes if limits are wanted.");
    }

    /** Where this process may make groups: root anywhere, others below their own group. */
    private Path folder(Mount mount, String controller) {
        return account.root() ? mount.point() : mount.point().resolve(ownGroup(controller));
    }

    private String ownGroup(String controller) {
        return ProcFile.lines(self.resolve("cgroup")).stream()
                .map(line -> line.split(":", 3))
                .filter(parts -> parts.length == 3
                        && Arrays.asList(parts[1].split(",", -1)).contains(controller))
                .map(parts -> parts[2].replaceFirst("^/+", ""))
                .findFirst()
                .orElse("");
    }

    private static List<String> controllers(Mount mount) {
        return ProcFile.lines(mount.point().resolve("cgroup.controllers")).stream()
                .flatMap(line -> Stream.of(line.split(" ", -1)))
                .toList();
    }

    /** Reads a line of mountinfo: see proc_pid_mountinfo(5). */
    private static Optional<Mount> mount(String line) {
        String[] halves = line.split(" - ", 2);
        String[] place = halves[0].split(" ", -1);
        String[] what = halves.length == 2 ? halves[1].split(" ", -1) : new String[0];
        return place.length > 4 && what.length > 2
                ? Optional.of(new Mount(Path.of(place[4]), what[0], Arrays.asList(what[2].split(",", -1))))
                : Optional.empty();
    }
}
