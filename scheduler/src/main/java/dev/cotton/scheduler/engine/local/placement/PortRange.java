package dev.cotton.scheduler.engine.local.placement;

/**
 * The TCP ports that instances get, four each.
 *
 * @param last inclusive
 */
public record PortRange(int first, int last) {
    /** Room for 175 instances, below the ports that the system gives to clients. */
    public static final PortRange ORDINARY = new PortRange(23300, 23999);

    /** How many ports an instance has. */
    static final int EACH = 4;

    /** @throws IllegalArgumentException when it holds no instance */
    public PortRange {
        if (first < 1024 || last > 65535 || last - first + 1 < EACH) {
            throw new IllegalArgumentException(
                    "ports: a range within 1024-65535 of at least 4 ports, not " + first + "-" + last + ".");
        }
    }

    /** How many instances fit. */
    int instances() {
        return (last - first + 1) / EACH;
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
