package dev.cotton.cli.up;

import dev.cotton.cli.Failure;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.core.port.Installation;
import java.net.URI;
import java.util.function.Supplier;

/** Starts a scheduler in this process. Only the composition root knows how. */
public interface SchedulerProgram {
    /** A scheduler that runs in this process. */
    interface Serving extends AutoCloseable {
        /** Where it answers. */
        URI url();

        /**
         * Waits for the day on which it can do its work no more, which may never come.
         *
         * @return why; it still runs then, and is to be closed
         */
        Failure awaitTrouble() throws InterruptedException;

        /** Stops it; databases go on. */
        @Override
        void close();
    }

    /** Where a scheduler logs to. */
    enum Log {
        /** {@link DataFolder#schedulerLog}, rotated. */
        FILE,
        STANDARD_ERROR
    }

    /**
     * Returns once the scheduler answers.
     *
     * @param mysql asked when the first instance is to be made
     * @throws Failure when an option is wrong or it cannot start; nothing runs then
     */
    Serving start(DataFolder folder, SchedulerOptions options, Log log, Supplier<Installation> mysql);
}
