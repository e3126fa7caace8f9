package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that an agent has a number of: {@code cpus}, {@code mem} and {@code disk} (MiB), {@code ports}.
 *
 * @param allocationInfo whom it is offered to; may be left out of what is written
 * @param reservations the last one is whose it is; none: everybody's
 * @param shared present when several tasks may use it at once
 * @param revocable present when it may be taken away at any time
 * @param providerId of a storage provider
 */
@JsonInclude(Include.NON_EMPTY)
public record Resource(
        String name,
        ValueType type,
        Optional<Scalar> scalar,
        Optional<Ranges> ranges,
        Optional<Values> set,
        @JsonProperty("allocation_info") Optional<AllocationInfo> allocationInfo,
        List<Reservation> reservations,
        Optional<Disk> disk,
        Optional<Present> shared,
        Optional<Present> revocable,
        @JsonProperty("provider_id") Optional<ProviderId> providerId) {

    public Resource {
        reservations = Wire.repeated(reservations);
    }

    /** @param role the one that an offer is for */
    public record AllocationInfo(String role) {}

    public record ProviderId(String value) {}

    /** A message without fields that matters by being there. */
    @JsonInclude(Include.ALWAYS)
    public record Present() {}

    public static Resource scalar(String name, double value) {
        return unreserved(name, ValueType.SCALAR, Optional.of(new Scalar(value)), Optional.empty());
    }

    public static Resource ranges(String name, List<Ranges.Range> ranges) {
        return unreserved(name, ValueType.RANGES, Optional.empty(), Optional.of(new Ranges(ranges)));
    }

    private static Resource unreserved(String name, ValueType type, Optional<Scalar> scalar, Optional<Ranges> ranges) {
        return new Resource(
                name,
                type,
                scalar,
                ranges,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** As much of the same, with everything else kept. */
    public Resource withScalar(double value) {
        return with(Optional.of(new Scalar(value)), ranges, reservations, disk);
    }

    /** Others of the same, with everything else kept. */
    public Resource withRanges(List<Ranges.Range> others) {
        return with(scalar, Optional.of(new Ranges(others)), reservations, disk);
    }

    /** As it is once this is reserved on top of what it is reserved as now. */
    public Resource reserved(Reservation reservation) {
        List<Reservation> stack = new ArrayList<>(reservations);
        stack.add(reservation);
        return with(scalar, ranges, stack, disk);
    }

    public Resource withDisk(Disk other) {
        return with(scalar, ranges, reservations, Optional.of(other));
    }

    /** Whether it is a volume that outlives its task. */
    public boolean volume() {
        return disk.flatMap(Disk::persistence).isPresent();
    }

    /** Whether it is a disk that only goes as a whole. */
    public boolean mount() {
        return disk.filter(Disk::mount).isPresent();
    }

    /** What it is once the volume on it is destroyed. */
    public Resource withoutVolume() {
        Optional<Disk> plain = disk.flatMap(Disk::source)
                .map(source -> new Disk(Optional.empty(), Optional.empty(), Optional.of(source)));
        return with(scalar, ranges, reservations, plain);
    }

    private Resource with(
            Optional<Scalar> scalars, Optional<Ranges> others, List<Reservation> stack, Optional<Disk> kind) {
        return new Resource(
                name, type, scalars, others, set, allocationInfo, stack, kind, shared, revocable, providerId);
    }
}
