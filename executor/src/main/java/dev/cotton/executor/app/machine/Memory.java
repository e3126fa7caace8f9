package dev.cotton.executor.app.machine;

import java.nio.file.Path;

/** Memory that is not in use. */
record Memory(Path meminfo) {
    private static final String CHECK = "memory";
    private static final long ONE_INSTANCE = 640;
    private static final long THREE_INSTANCES = 1_900;

    MachineCheck check() {
        long megabytes = ProcFile.field(meminfo, "MemAvailable:")
                .map(text -> text.replaceAll("\\D", ""))
                .filter(digits -> !digits.isEmpty())
                .map(kilobytes -> Long.parseLong(kilobytes) / 1024)
                .orElse(-1L);
        if (megabytes < 0) {
            return MachineCheck.warning(CHECK, "How much memory is free cannot be seen.", "Look at " + meminfo + ".");
        }
        String sentence = megabytes + " MB of memory are free.";
        if (megabytes < ONE_INSTANCE) {
            return MachineCheck.failed(
                    CHECK, sentence, "The smallest instance needs 512 MB, and Cotton itself some more.");
        }
        return megabytes < THREE_INSTANCES
                ? MachineCheck.warning(CHECK, sentence, "Three instances of 512 MB need " + THREE_INSTANCES + " MB.")
                : MachineCheck.ok(CHECK, sentence);
    }
}
