package dev.cotton.cli.backup;

import picocli.CommandLine.Parameters;

/** A backup by its id. */
final class BackupArgument {
    @Parameters(paramLabel = "ID", description = "The backup, for instance 20261231t235959z-demo-1.")
    private String id = "";

    String id() {
        return id;
    }
}
