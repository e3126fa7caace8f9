package dev.cotton.cli.writers;

/**
 * One attempt to insert a row. Instants are of {@link System#nanoTime} of the process that wrote.
 *
 * @param id never used twice
 * @param begun before it was sent
 * @param ended when the answer was there, or none was to be expected any more
 * @param reign whom the writer was connected to
 * @param acknowledged the server said OK; otherwise the row may be there or not
 */
public record Insert(long id, long begun, long ended, Reign reign, boolean acknowledged) {
    /**
     * A server while it was taken for the primary of an epoch.
     *
     * @param instance for instance {@code demo-1}
     * @param server its server UUID
     */
    public record Reign(String instance, String server, long epoch) {}
}
