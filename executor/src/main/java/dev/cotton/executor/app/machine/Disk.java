package dev.cotton.executor.app.machine;

import dev.cotton.core.model.DataSize;
import java.nio.file.Path;

/** Room on the disk of the data folder. */
record Disk(Path data) {
    private static final String CHECK = "disk";
    private static final DataSize LEAST = DataSize.ofMegabytes(2_048);
    private static final DataSize ENOUGH = DataSize.ofMegabytes(10_240);

    MachineCheck check() {
        Path existing = DataFolder.existing(data);
        return judge(existing, new DataSize(existing.toFile().getUsableSpace()));
    }

    static MachineCheck judge(Path folder, DataSize usable) {
        String sentence = "The disk of " + folder + " has " + usable.megabytes() + " MB left.";
        if (usable.compareTo(LEAST) < 0) {
            return MachineCheck.failed(
                    CHECK,
                    sentence,
                    "Make room for at least " + LEAST.megabytes() + " MB, or give another data folder.");
        }
        return usable.compareTo(ENOUGH) < 0
                ? MachineCheck.warning(CHECK, sentence, "A cluster of three instances soon needs more.")
                : MachineCheck.ok(CHECK, sentence);
    }
}
