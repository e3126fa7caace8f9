package dev.cotton.scheduler.engine.local;

import dev.cotton.scheduler.engine.local.system.LinuxProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies of the executor that earlier versions have left behind. */
final class FormerPackages {
    private static final Logger LOG = LoggerFactory.getLogger(FormerPackages.class);
    private static final String REMOVED = ".removed-";

    private FormerPackages() {}

    /**
     * Removes all but {@code current} from which nothing runs: an executor goes on with the copy that it was started from,
     * and every process on the way to one names it in its arguments. What cannot be removed stays for another time.
     * Called before anything is started.
     */
    static void remove(Path current) {
        try {
            for (Path former : list(current.resolveSibling("."), ExecutorPackage.PREFIX)) {
                if (!former.getFileName().equals(current.getFileName()) && isUnused(former)) {
                    // safety: a copy that is there counts as whole, so it never loses its files one by one.
                    Files.move(
                            former,
                            former.resolveSibling(REMOVED + former.getFileName()),
                            StandardCopyOption.ATOMIC_MOVE);
                    LOG.info("Removing {}: nothing runs from it any more.", former);
                }
            }
            for (Path removed : list(current.resolveSibling("."), REMOVED)) {
                delete(removed);
            }
        } catch (IOException e) {
            LOG.warn("A former copy of the executor cannot be removed.", e);
        }
    }

    /** By its name alone, which its content determines: the data folder may be reached by several paths. */
    private static boolean isUnused(Path copy) throws IOException {
        return !LinuxProcesses.isMentioned("/" + copy.getFileName() + "/");
    }

    private static List<Path> list(Path packages, String beginning) throws IOException {
        try (Stream<Path> all = Files.list(packages.normalize())) {
            return all.filter(path -> path.getFileName().toString().startsWith(beginning))
                    .toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
