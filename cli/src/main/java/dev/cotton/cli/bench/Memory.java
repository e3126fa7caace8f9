package dev.cotton.cli.bench;

import dev.cotton.core.model.DataSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What processes take of this machine's memory. */
public final class Memory {
    private static final String RESIDENT = "VmRSS:";
    private static final String UNIT = " kB";

    private Memory() {}

    /** The resident set of the process, nothing of it on swap; zero when it has ended. */
    static DataSize resident(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith(RESIDENT))
                    .map(line -> line.substring(RESIDENT.length()).strip().replace(UNIT, "kb"))
                    .map(DataSize::parse)
                    .findFirst()
                    .orElse(DataSize.ofMegabytes(0));
        } catch (IOException ended) {
            return DataSize.ofMegabytes(0);
        }
    }

    /** The load of this machine over the last minute: how many threads ran or wanted to. */
    public static double load() {
        try {
            String[] averages = Files.readString(Path.of("/proc/loadavg")).split(" ", -1);
            return Double.parseDouble(averages[0]);
        } catch (IOException noProc) {
            return Double.NaN;
        }
    }
}
