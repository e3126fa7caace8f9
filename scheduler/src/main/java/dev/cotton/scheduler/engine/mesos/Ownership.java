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
 * @param principal who reserves them
 * @param state whose records know them, see {@link Framework#state}
 */
record Ownership(Optional<String> principal, String state) {
    private static final String STATE = "cotton_state";
    private static final String CLUSTER = "cotton_cluster";
    private static final String INSTANCE = "cotton_instance";
    private static final String NONCE = "cotton_nonce";

    /** What an instance's seat is reserved with. */
    Reservation reservation(String role, InstanceId id, String nonce) {
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

    /** Whether nobody has it: it is reserved by nobody but the agent's operator, and there is no volume on it. */
    static boolean free(Resource resource) {
        return resource.reservations().stream().allMatch(mark -> mark.type() == Reservation.Type.STATIC)
                && (resource.disk().isEmpty() || resource.mount())
                && !resource.volume()
                && resource.revocable().isEmpty()
                && resource.shared().isEmpty();
    }

    /**
     * Whether it may be reserved for {@code role} as it is: Mesos lets what an operator has reserved be reserved only for a
     * role below his.
     */
    static boolean reservable(Resource resource, String role) {
        return resource.reservations().stream().allMatch(mark -> role.startsWith(mark.role() + "/"));
    }
}
