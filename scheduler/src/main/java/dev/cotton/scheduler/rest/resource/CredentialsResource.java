package dev.cotton.scheduler.rest.resource;

/** A cluster's user and password: secret. */
public record CredentialsResource(String user, String password, String clusterUrl) {
    /** Without the password. */
    @Override
    public String toString() {
        return "CredentialsResource[" + user + ", " + clusterUrl + "]";
    }
}
