package dev.cotton.scheduler.engine.local;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.InstanceFolder;
import dev.cotton.core.wire.ProcessFile;
import dev.cotton.scheduler.engine.local.limits.Limits;
import dev.cotton.scheduler.engine.local.placement.Host;
import dev.cotton.scheduler.engine.local.system.Account;
import dev.cotton.scheduler.engine.local.system.Command;
import dev.cotton.scheduler.engine.local.system.LinuxProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts executors so that they outlive this process, and finds and ends all processes of an instance. Calls for one
 * instance come from one thread.
 *
 * <p>On the way to an executor one process becomes, by exec and so with one process id: a shell that joins the control
 * groups, {@code setsid}, the host's launch prefix, {@code setpriv}, a shell of the account's that locks the instance's
 * folder and writes the process file, and Java. The lock is held for as long as that process runs, so there are never
 * two executors on one folder, whoever starts them.
 */
final class Launcher {
    private static final String JOIN = """
            while [ "$1" != -- ]; do
                echo $$ >"$1"
                shift
            done
            shift
            exec "$@"
            """;

    private static final String START = """
            umask 077
            cd -- "$COTTON_INSTANCE_FOLDER"
            exec 9>"$1/executor.lock"
            flock -n 9 || { echo "another executor holds the folder already"; exit 75; }
            start_ticks() { shift 19; echo "$1"; }
            read -r boot </proc/sys/kernel/random/boot_id
            read -r stat </proc/$$/stat
            printf '{"pid":%s,"startTicks":%s,"bootId":"%s"}\\n' $$ "$(start_ticks ${stat##*) })" "$boot" >"$1/$2.new"
            mv "$1/$2.new" "$1/$2"
            output=$3
            shift 3
            exec "$@" >>"$output" 2>&1
            """;

    private final ExecutorPackage executor;
    private final InstanceStorage storage;
    private final Account account;
    private final Limits limits;
    private final LinuxProcesses processes;

    Launcher(
            ExecutorPackage executor,
            InstanceStorage storage,
            Account account,
            Limits limits,
            LinuxProcesses processes) {
        this.executor = executor;
        this.storage = storage;
        this.account = account;
        this.limits = limits;
        this.processes = processes;
    }

    /** An executor on its way. */
    record Launched(Process process, String isolation) {}

    /** Starts an executor on the instance's folder. */
    Launched launch(PlacedInstance placed, Host host) throws IOException {
        Limits.Group group = limits.prepare(placed.id(), placed.resources());
        ProcessBuilder builder = new ProcessBuilder(command(placed.id(), host, group.joins()));
        builder.environment().clear();
        builder.environment().putAll(Command.ENVIRONMENT);
        builder.environment().put(InstanceFolder.MARK, storage.home(placed.id()).toString());
        builder.directory(Path.of("/").toFile());
        builder.redirectErrorStream(true);
        builder.redirectInput(Path.of("/dev/null").toFile());
        builder.redirectOutput(storage.launchOutput(placed.id()).toFile());
        return new Launched(builder.start(), group.isolation());
    }

    private List<String> command(InstanceId id, Host host, List<Path> joins) throws IOException {
        List<String> start = new ArrayList<>(List.of(
                "/bin/sh",
                "-euc",
                START,
                "cotton",
                InstanceFolder.PROCESSES,
                InstanceFolder.EXECUTOR_PROCESS,
                InstanceFolder.EXECUTOR_OUTPUT));
        start.addAll(executor.command(storage.config(id)));
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-euc", JOIN, "cotton"));
        joins.forEach(join -> command.add(join.toString()));
        command.addAll(List.of("--", "setsid"));
        command.addAll(host.launchPrefix());
        command.addAll(account.command(start));
        return command;
    }

    /** How an executor that runs already is limited. */
    String isolation(PlacedInstance placed, ProcessFile executor) throws IOException {
        Limits.Group group = limits.prepare(placed.id(), placed.resources());
        for (Path join : group.joins()) {
            if (!Files.readAllLines(join).contains(Long.toString(executor.pid()))) {
                return "none (the executor was started outside of " + join.getParent() + ")";
            }
        }
        return group.isolation();
    }

    /** What a launch said before the executor took over; mostly nothing. */
    String launchOutput(InstanceId id) {
        try {
            return Files.readString(storage.launchOutput(id)).strip();
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** The executor that runs on the instance's folder, whoever started it. */
    Optional<ProcessFile> running(InstanceId id) {
        return storage.executor(id).filter(processes::runs);
    }

    boolean runs(ProcessFile process) {
        return processes.runs(process);
    }

    Optional<ProcessFile> identify(Process process) {
        return processes.identify(process.pid());
    }

    /** SIGTERM to the executor. */
    void terminate(ProcessFile process) throws IOException {
        processes.terminate(process);
    }

    /** SIGKILL to every process of the instance that runs; those are answered. */
    List<ProcessFile> killAll(InstanceId id) throws IOException {
        List<ProcessFile> all = everything(id);
        for (ProcessFile process : all) {
            processes.kill(process);
        }
        return all;
    }

    /** Its processes, the one that starts others first: executor, keeper, mysqld. */
    private List<ProcessFile> everything(InstanceId id) throws IOException {
        List<ProcessFile> all = new ArrayList<>();
        storage.executor(id).ifPresent(all::add);
        all.addAll(storage.processes(id));
        all.addAll(processes.startedWith(InstanceFolder.MARK, storage.home(id).toString()));
        return all.stream().distinct().filter(processes::runs).toList();
    }

    /** Removes what holds the control groups of all instances, when there are none. */
    void removeEmptyLimits() {
        limits.removeIfEmpty();
    }

    /** Kills what is left in the instance's control group and removes it. */
    void removeLimits(InstanceId id) throws IOException {
        limits.remove(id);
    }
}
