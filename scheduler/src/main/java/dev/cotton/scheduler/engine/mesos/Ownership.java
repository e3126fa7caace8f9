package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.Labels;
import dev.cotton.core.mesos.Reservation;
import dev.cotton.core.mesos.Resource;
import dev.cotton.core.model.InstanceId;
import java.util.Map;
import java.util.Optional;

/**
 * How Cotton's resources are told from others'.
 *
 * @param role that they are offered and reserved for
 * @param principal who reserves them
 * @param state whose records know them, see {@link Framework#state}
 */
record Ownership(String role, Optional<String> principal, String state) {
    private static final String STATE = "cotton_state";
    private static final String CLUSTER = "cotton_cluster";
    private static final String INSTANCE = "cotton_instance";
    private static final String NONCE = "cotton_nonce";

    /** What an instance's seat is reserved with. */
    Reservation reservation(InstanceId id, String nonce) {
        return Reservation.dynamic(
                role,
                principal,
                Labels.of(Map.of(STATE, state, CLUSTER, id.cluster().value(), INSTANCE, id.toString(), NONCE, nonce)));
    }

    /** The seat that it is reserved for; empty when it is not reserved by these records. */
    Optional<String> nonce(Resource resource) {
        return resource.reservations().isEmpty()
                ? Optional.empty()
                : resource.reservations()
                        .getLast()
                        .labels()
                        .filter(labels ->
                                labels.value(STATE).filter(state::equals).isPresent())
                        .flatMap(labels -> labels.value(NONCE));
    }

    /** Whether anybody of the role may have it: reserved by nobody, or for the role by the agent's operator. */
    static boolean free(Resource resource) {
        return resource.reservations().stream().allMatch(mark -> mark.type() == Reservation.Type.STATIC)
                && resource.disk().isEmpty()
                && resource.revocable().isEmpty()
                && resource.shared().isEmpty();
    }
}
