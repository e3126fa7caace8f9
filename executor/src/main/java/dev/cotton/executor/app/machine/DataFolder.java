package dev.cotton.executor.app.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/** The data folder, or what is there of the way to it. */
record DataFolder(Path data, Account account) {
    private static final String CHECK = "data folder";

    MachineCheck check() {
        Path existing = existing(data);
        if (!Files.isDirectory(existing)) {
            return MachineCheck.failed(CHECK, existing + " is not a folder.", "Give another data folder (--data-dir).");
        }
        if (!Files.isWritable(existing)) {
            return MachineCheck.failed(
                    CHECK,
                    account.name() + " may not write in " + existing + ".",
                    "Change its owner, or give another data folder (--data-dir).");
        }
        for (Path step = existing; account.root() && step != null; step = step.getParent()) {
            if (!othersMayEnter(step)) {
                return MachineCheck.failed(
                        CHECK,
                        "Only root and its group may enter " + step + ", but servers run as an ordinary user.",
                        "Let others enter (chmod o+x " + step + "), or give another data folder (--data-dir).");
            }
        }
        return MachineCheck.ok(
                CHECK,
                existing.equals(data)
                        ? "Everything is kept in " + data + "."
                        : data + " will be made when it is needed.");
    }

    /** The nearest folder on the way to {@code path} that is there. */
    static Path existing(Path path) {
        Path step = path;
        while (!Files.exists(step) && step.getParent() != null) {
            step = step.getParent();
        }
        return step;
    }

    private static boolean othersMayEnter(Path folder) {
        try {
            return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE);
        } catch (IOException _) {
            return false;
        }
    }
}
