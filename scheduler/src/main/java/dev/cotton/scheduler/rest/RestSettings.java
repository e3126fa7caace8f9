package dev.cotton.scheduler.rest;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the API listens, and who may call it.
 *
 * @param address to listen on, for instance {@code 127.0.0.1}, {@code ::1} or {@code 0.0.0.0}
 * @param port 0 for any free one
 * @param publicHost the name or address that others reach this scheduler by; by default what it listens on
 * @param access who may call
 * @param auditFile every accepted or refused change is appended here, one JSON object a line, mode 0600
 */
public record RestSettings(
        String address, int port, Optional<String> publicHost, Access access, Optional<Path> auditFile) {
    /**
     * @param tokenFile bearer tokens, one a line; everybody who knows one may do everything
     * @param tls what to speak HTTPS with
     * @param insecure listen beyond loopback without tokens or TLS all the same
     */
    public record Access(Optional<Path> tokenFile, Optional<TlsFiles> tls, boolean insecure) {
        /** For loopback: whoever is on this machine may do everything. */
        public static final Access LOCAL = new Access(Optional.empty(), Optional.empty(), false);
    }

    /**
     * PEM files.
     *
     * @param certificate with its chain
     * @param key that belongs to it, not encrypted
     * @param authority that signed the other schedulers' certificates; by default those that Java trusts
     */
    public record TlsFiles(Path certificate, Path key, Optional<Path> authority) {}

    /** @throws IllegalArgumentException with a sentence that names the option that is wrong or missing */
    public RestSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port: between 0 and 65535, not " + port + ".");
        }
        boolean open = !resolve(address).isLoopbackAddress();
        if (open
                && !access.insecure()
                && (access.tokenFile().isEmpty() || access.tls().isEmpty())) {
            throw new IllegalArgumentException("The API would listen on " + address
                    + ", where other machines reach it. Give it a token (--api-token-file) and TLS"
                    + " (--api-tls-certificate and --api-tls-key), or say --insecure to let anybody on that network"
                    + " create and delete clusters.");
        }
        if (publicHost.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("public host: a name or an address, not empty.");
        }
    }

    /** On loopback, for whoever is on this machine. */
    public static RestSettings local(int port) {
        return new RestSettings("127.0.0.1", port, Optional.empty(), Access.LOCAL, Optional.empty());
    }

    /** Whether only this machine reaches the API. */
    public boolean loopback() {
        return resolve(address).isLoopbackAddress();
    }

    /** The host in this scheduler's URL. */
    String reachedAs() {
        String host = publicHost.orElseGet(this::ownAddress);
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    private String ownAddress() {
        if (!resolve(address).isAnyLocalAddress()) {
            return address;
        }
        try {
            return InetAddress.getLocalHost().getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "This machine's own name does not resolve; say by --api-public-host how others reach it.", e);
        }
    }

    private static InetAddress resolve(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("address: '" + address + "' is not an address of this machine.", e);
        }
    }
}
