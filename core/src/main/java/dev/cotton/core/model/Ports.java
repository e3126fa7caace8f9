package dev.cotton.core.model;

/**
 * Where an instance listens.
 *
 * @param address the host's or agent's address, which all but {@code admin} bind to
 * @param mysql what clients and replicas connect to
 * @param executor mutual TLS, for the scheduler only
 * @param health plain HTTP, for load balancers
 * @param admin mysqld's admin port on loopback, for the executor only
 */
public record Ports(String address, int mysql, int executor, int health, int admin) {
    public Endpoint mysqlEndpoint() {
        return new Endpoint(address, mysql);
    }

    public Endpoint executorEndpoint() {
        return new Endpoint(address, executor);
    }

    public Endpoint healthEndpoint() {
        return new Endpoint(address, health);
    }
}
