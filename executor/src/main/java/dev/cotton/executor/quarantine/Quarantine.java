package dev.cotton.executor.quarantine;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.InstanceId;
import dev.cotton.executor.server.DataFolder;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves transactions of one instance. For one thread. */
public final class Quarantine {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
    private static final Duration LIMIT = Duration.ofHours(6);
    private static final Duration GLANCE = Duration.ofMillis(20);

    private final DataFolder folder;
    private final QuarantineFolder quarantine;
    private final InstanceId instance;
    private final Path mysqlbinlog;

    /** @param mysqlbinlog the program */
    public Quarantine(DataFolder folder, QuarantineFolder quarantine, InstanceId instance, Path mysqlbinlog) {
        this.folder = folder;
        this.quarantine = quarantine;
        this.instance = instance;
        this.mysqlbinlog = mysqlbinlog;
    }

    /**
     * Saves exactly the transactions {@code errant} from the binary logs of the instance, whose mysqld does not run. On
     * disk when this returns; nothing happens when they were saved before.
     *
     * @param data whose binary logs these are
     * @param wanted whether it is still to be done
     * @throws QuarantineException when they are not all there, or cannot be written
     */
    public void save(Incarnation data, GtidSet errant, BooleanSupplier wanted) throws InterruptedException {
        try {
            if (errant.isEmpty() || quarantine.holds(data, errant)) {
                return;
            }
            Path making = quarantine.begin(instance);
            write(QuarantineFolder.text(making), errant, wanted);
            Summary summary = summary(QuarantineFolder.text(making), data, errant);
            Path done = quarantine.finish(making, summary);
            LOG.warn("{} transactions that nobody else has are kept in {}.", summary.transactions(), done);
        } catch (IOException failure) {
            throw new QuarantineException(
                    "Transactions that nobody else has could not be saved in " + quarantine.root() + " ("
                            + failure.getMessage() + "). The data are kept; it is tried again.",
                    failure);
        }
    }

    private void write(Path text, GtidSet errant, BooleanSupplier wanted) throws IOException, InterruptedException {
        List<Path> binlogs = folder.binlogs();
        if (binlogs.isEmpty()) {
            throw new QuarantineException("There are no binary logs in " + folder.data()
                    + " to save transactions from that nobody else has. The data are kept.");
        }
        List<String> words = new ArrayList<>(
                List.of(mysqlbinlog.toString(), "--no-defaults", "--verbose", "--include-gtids=" + errant));
        binlogs.forEach(binlog -> words.add(binlog.toString()));
        Files.createFile(text, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.root().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(Redirect.appendTo(text.toFile()))
                .redirectError(Redirect.appendTo(folder.mysqldLog().toFile()));
        builder.environment().put("TZ", "UTC");
        builder.environment().put("LC_ALL", "C");
        int code = ended(builder.start(), wanted);
        if (code != 0) {
            throw new QuarantineException("mysqlbinlog ended with code " + code + "; " + folder.mysqldLog()
                    + " says why. The data are kept, with the transactions that nobody else has.");
        }
    }

    private static int ended(Process process, BooleanSupplier wanted) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try {
            while (!process.waitFor(GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!wanted.getAsBoolean() || System.nanoTime() - deadline > 0) {
                    throw new QuarantineException("Saving transactions that nobody else has was broken off.");
                }
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private Summary summary(Path text, Incarnation data, GtidSet errant) throws IOException {
        BinlogText read = new BinlogText();
        // Whatever bytes users have written, each of them is a character of this set.
        try (BufferedReader lines = Files.newBufferedReader(text, StandardCharsets.ISO_8859_1)) {
            lines.lines().forEach(read::line);
        }
        GtidSet missing = errant.minus(read.gtids());
        if (!missing.isEmpty()) {
            throw new QuarantineException(missing.count() + " of " + errant.count()
                    + " transactions that nobody else has are not in the binary logs: " + missing
                    + ". The data are kept; somebody has to look at them.");
        }
        return new Summary(
                instance,
                data,
                errant,
                read.transactions(),
                read.rows(),
                read.statements(),
                read.first(),
                read.last(),
                Instant.now(),
                Files.size(text));
    }
}
