package dev.cotton.testing.executor;

import dev.cotton.core.wire.InstanceFolder;
import dev.cotton.core.wire.ProcessFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Ends the processes of an instance that outlive its executor, as an engine does. */
final class Leftovers {
    private static final int START_TICKS_FIELD = 21;

    private Leftovers() {}

    /** @param folder of the instance */
    static void kill(Path folder) {
        // The keeper first: it could start mysqld again.
        for (String name : List.of(InstanceFolder.KEEPER_PROCESS, InstanceFolder.MYSQLD_PROCESS)) {
            Path file = folder.resolve(InstanceFolder.PROCESSES).resolve(name);
            if (Files.exists(file)) {
                end(read(file));
            }
        }
    }

    private static ProcessFile read(Path file) {
        try {
            return JsonMapper.builder().build().readValue(Files.readString(file), ProcessFile.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(ProcessFile file) {
        ProcessHandle.of(file.pid())
                .filter(process -> startTicks(file.pid()) == file.startTicks())
                .ifPresent(process -> {
                    process.destroyForcibly();
                    process.onExit().join();
                });
    }

    private static long startTicks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            String afterName = stat.substring(stat.lastIndexOf(')') + 2);
            return Long.parseLong(afterName.split(" ", -1)[START_TICKS_FIELD - 2]);
        } catch (IOException gone) {
            return -1;
        }
    }
}
