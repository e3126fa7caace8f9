package dev.cotton.cli.command;

import dev.cotton.cli.Shell;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.OutputOptions;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cotton ca}. */
@Command(
        name = "ca",
        description = "Print the certificate (PEM) that clients verify every server with, for instance as ssl-ca.")
public final class CaCommand implements Runnable {
    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public CaCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        String certificate = api.client(shell).certificateAuthority();
        output.write(shell, Map.of("certificate", certificate), paint -> certificate.stripTrailing() + "\n");
    }
}
