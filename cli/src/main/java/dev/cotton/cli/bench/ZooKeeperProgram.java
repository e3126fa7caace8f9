package dev.cotton.cli.bench;

import dev.cotton.cli.machine.DataFolder;

/** Starts ZooKeeper servers in this process. Whoever calls does not know how. */
@FunctionalInterface
public interface ZooKeeperProgram {
    /** A server that takes connections. */
    interface Running extends AutoCloseable {
        /** Where it is, with its password: secret. */
        String url();

        @Override
        void close();
    }

    /** Starts one on the data in {@code folder}; on the same data it is always at the same place. */
    Running start(DataFolder folder);
}
