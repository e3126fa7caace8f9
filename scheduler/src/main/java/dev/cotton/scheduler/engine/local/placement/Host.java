package dev.cotton.scheduler.engine.local.placement;

import dev.cotton.core.model.Shown;
import java.util.List;
import java.util.Optional;

/**
 * A place for instances on this machine.
 *
 * @param address that its instances bind and are reached at
 * @param launchPrefix put before the command of everything that is started there, for instance {@code ip netns exec h1};
 *     empty for the machine itself
 * @param room what it gives; when absent, an equal share of the machine with the other hosts that do not say
 */
public record Host(String name, String address, List<String> launchPrefix, Optional<Room> room) {
    /** @throws IllegalArgumentException naming the field that is wrong */
    public Host {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}")) {
            throw new IllegalArgumentException(
                    "hosts.name: letters, digits, ' ', '.', '_' and '-', at most 63, not '" + Shown.of(name) + "'.");
        }
        if (!address.matches("[0-9A-Fa-f.:]+")) {
            throw new IllegalArgumentException("hosts.address: an IP address, not '" + Shown.of(address) + "'.");
        }
        launchPrefix = List.copyOf(launchPrefix);
    }

    /** The only host when none is configured. */
    public static Host thisMachine() {
        return new Host("this machine", "127.0.0.1", List.of(), Optional.empty());
    }
}
