package dev.cotton.cli.up;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where agents fetch from this scheduler what they run: the executor's package, and MySQL if that is a tarball here. */
public final class ArtifactOptions {
    /** All of these flags. */
    static final List<String> NAMES = List.of(
            "--artifact-address",
            "--artifact-port",
            "--artifact-public-host",
            "--artifact-tls-certificate",
            "--artifact-tls-key");

    @Option(
            names = "--artifact-address",
            paramLabel = "ADDRESS",
            description =
                    "What is listened on for agents that fetch the executor's package (default: the API's address; when"
                            + " that is this machine only, the address by which it reaches the masters).")
    private Optional<String> address = Optional.empty();

    @Option(
            names = "--artifact-port",
            paramLabel = "PORT",
            description = "The port of that address (default: any free port).")
    private int port;

    @Option(
            names = "--artifact-public-host",
            paramLabel = "HOST",
            description = "The name or address that agents reach it by (default: what is listened on).")
    private Optional<String> publicHost = Optional.empty();

    @Option(
            names = "--artifact-tls-certificate",
            paramLabel = "FILE",
            description =
                    "Hand the package out by HTTPS with this certificate (PEM), which the agents' hosts must trust. By"
                            + " plain HTTP its SHA-256 is checked all the same before it is run.")
    private Optional<Path> tlsCertificate = Optional.empty();

    @Option(names = "--artifact-tls-key", paramLabel = "FILE", description = "The certificate's key (PEM).")
    private Optional<Path> tlsKey = Optional.empty();

    public Optional<String> address() {
        return address;
    }

    public int port() {
        return port;
    }

    public Optional<String> publicHost() {
        return publicHost;
    }

    public Optional<Path> tlsCertificate() {
        return tlsCertificate;
    }

    public Optional<Path> tlsKey() {
        return tlsKey;
    }
}
