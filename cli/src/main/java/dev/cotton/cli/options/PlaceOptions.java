package dev.cotton.cli.options;

import picocli.CommandLine.Option;

/** What instances on this machine get. */
public final class PlaceOptions {
    @Option(
            names = "--instance-ports",
            paramLabel = "FIRST-LAST",
            description = "The ports that instances get, four each (default: 23300-23999).")
    private PortSpan instancePorts = PortSpan.ORDINARY;

    @Option(
            names = "--framework-user",
            paramLabel = "USER",
            description = "The unprivileged user that databases run as when root starts Cotton (default: cotton).")
    private String frameworkUser = "cotton";

    public PortSpan instancePorts() {
        return instancePorts;
    }

    public String frameworkUser() {
        return frameworkUser;
    }
}
