package dev.cotton.core.model;

/** An address and a TCP port that somebody listens on. */
public record Endpoint(String host, int port) {
    public Endpoint {
        if (host.isBlank() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("'" + Shown.of(host) + ":" + port + "' is not an address and a port.");
        }
    }

    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
