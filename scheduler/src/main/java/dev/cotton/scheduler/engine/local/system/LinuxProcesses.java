package dev.cotton.scheduler.engine.local.system;

import dev.cotton.core.wire.ProcessFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at processes by {@code /proc} and ends them. Only processes of one user are ever ended, whatever a file says: the
 * files are written by that user. Thread-safe.
 */
public final class LinuxProcesses {
    private static final Path PROC = Path.of("/proc");
    private static final int STATE = 0;
    private static final int START_TICKS = 19;

    private final String bootId;
    private final int uid;

    /** @param uid of the user whose processes may be ended */
    public LinuxProcesses(int uid) throws IOException {
        this.uid = uid;
        this.bootId =
                Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
    }

    /** Which process has {@code pid} now, if there is one that has not ended. */
    public Optional<ProcessFile> identify(long pid) {
        try {
            String stat = new String(PlainFile.read(PROC.resolve(pid + "/stat")), StandardCharsets.ISO_8859_1);
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(")") + 2).split(" ", -1));
            boolean ended = fields.get(STATE).equals("Z") || fields.get(STATE).equals("X");
            return ended
                    ? Optional.empty()
                    : Optional.of(new ProcessFile(pid, Long.parseLong(fields.get(START_TICKS)), bootId));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Whether exactly that process runs. */
    public boolean runs(ProcessFile process) {
        return identify(process.pid()).filter(process::equals).isPresent();
    }

    /** Running processes of the user that were started with {@code variable} set to {@code value}. */
    public List<ProcessFile> startedWith(String variable, String value) throws IOException {
        String entry = "\0" + variable + "=" + value + "\0";
        List<ProcessFile> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : all) {
                if (environment(process).contains(entry)) {
                    identify(Long.parseLong(process.getFileName().toString())).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    /**
     * Whether any process on this machine has {@code text} in its arguments.
     *
     * @throws IOException when that cannot be known, because processes of others are hidden
     */
    public static boolean isMentioned(String text) throws IOException {
        if (!Files.isReadable(PROC.resolve("1/cmdline"))) {
            throw new IOException("/proc hides the processes of other users");
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : all) {
                if (arguments(process).contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String arguments(Path process) throws IOException {
        try {
            return new String(PlainFile.read(process.resolve("cmdline")), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            if (Files.exists(process)) {
                throw e;
            }
            return "";
        }
    }

    private String environment(Path process) {
        try {
            if (!belongsToUser(process)) {
                return "";
            }
            return "\0" + new String(PlainFile.read(process.resolve("environ")), StandardCharsets.ISO_8859_1);
        } catch (IOException goneOrPrivate) {
            return "";
        }
    }

    private boolean belongsToUser(Path process) throws IOException {
        return Files.getAttribute(process, "unix:uid").equals(uid);
    }

    /** SIGTERM, when it runs and is the user's. */
    public void terminate(ProcessFile process) throws IOException {
        ours(process).ifPresent(ProcessHandle::destroy);
    }

    /** SIGKILL, when it runs and is the user's. */
    public void kill(ProcessFile process) throws IOException {
        ours(process).ifPresent(ProcessHandle::destroyForcibly);
    }

    private Optional<ProcessHandle> ours(ProcessFile process) throws IOException {
        try {
            Optional<ProcessHandle> handle = ProcessHandle.of(process.pid());
            // safety: the handle is bound to the process that has the number now, so look at that one after it.
            boolean ours = runs(process) && belongsToUser(PROC.resolve(Long.toString(process.pid())));
            return ours ? handle : Optional.empty();
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }
}
