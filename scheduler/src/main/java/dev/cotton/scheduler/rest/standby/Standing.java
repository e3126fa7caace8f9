package dev.cotton.scheduler.rest.standby;

import dev.cotton.scheduler.rest.resource.HealthResource;
import dev.cotton.scheduler.rest.resource.HealthResource.Role;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Where this scheduler stands among the others, asked anew each time.
 *
 * @param ready whether it leads and its state is loaded
 * @param leads whether it was elected
 * @param leader the URL of the one that leads
 * @param ownUrl of this one
 */
public record Standing(
        BooleanSupplier ready, BooleanSupplier leads, Supplier<Optional<String>> leader, Supplier<String> ownUrl) {

    /** The URL of the leader when that is another scheduler. */
    public Optional<String> otherLeader() {
        return leads.getAsBoolean() ? Optional.empty() : leader.get().filter(url -> !url.equals(ownUrl.get()));
    }

    public HealthResource health() {
        if (ready.getAsBoolean()) {
            return new HealthResource(Role.LEADING, "It leads.", Optional.of(ownUrl.get()));
        }
        if (leads.getAsBoolean()) {
            return new HealthResource(
                    Role.LOADING, "It was elected and still loads its state.", Optional.of(ownUrl.get()));
        }
        Optional<String> other = otherLeader();
        String why = other.map(url -> "It stands by; the leader is " + url + ".")
                .orElse("It stands by, and no leader is known: one is being elected, or ZooKeeper does not answer.");
        return new HealthResource(Role.STANDBY, why, other);
    }
}
