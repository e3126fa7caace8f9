package dev.cotton.executor.app.machine;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many files a process may have open. */
record OpenFiles(Path limits) {
    private static final String CHECK = "open files";
    private static final long LEAST = 1_024;
    private static final long ENOUGH = 10_000;
    private static final Pattern VALUES = Pattern.compile("(\\S+)\\s+(\\S+).*");

    MachineCheck check() {
        String line = ProcFile.field(limits, "Max open files").orElse("");
        Matcher values = VALUES.matcher(line);
        if (!values.matches()) {
            return MachineCheck.warning(
                    CHECK, "How many files a process may have open cannot be seen.", "Look at " + limits + ".");
        }
        long hard = number(values.group(2));
        String sentence = "A process may have " + values.group(2) + " files open.";
        if (hard < LEAST) {
            return MachineCheck.failed(CHECK, sentence, "Raise the hard limit (ulimit -Hn) to " + ENOUGH + ".");
        }
        return hard < ENOUGH
                ? MachineCheck.warning(
                        CHECK, sentence, "Raise the hard limit (ulimit -Hn) to " + ENOUGH + " for many connections.")
                : MachineCheck.ok(CHECK, sentence);
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : Long.MAX_VALUE;
    }
}
