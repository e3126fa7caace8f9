package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * What is special about a disk: {@code Resource.DiskInfo} of the schema.
 *
 * @param persistence of a volume that outlives its task
 * @param volume where a task sees it
 * @param source absent for the agent's own work folder; repeated exactly by whoever uses the disk
 */
@JsonInclude(Include.NON_ABSENT)
public record Disk(Optional<Persistence> persistence, Optional<Volume> volume, Optional<Source> source) {

    /** @param id unique on the agent within the role */
    @JsonInclude(Include.NON_ABSENT)
    public record Persistence(String id, Optional<String> principal) {}

    /** @param containerPath relative to the sandbox */
    @JsonInclude(Include.NON_ABSENT)
    public record Volume(
            Mode mode, @JsonProperty("container_path") String containerPath) {}

    public enum Mode {
        RW,
        RO,
        UNRECOGNIZED;

        @JsonCreator
        static Mode read(String name) {
            return Wire.constant(Mode.class, name, UNRECOGNIZED);
        }
    }

    /** @param profile of a storage provider's disk, as {@code vendor}, {@code id} and {@code metadata} */
    @JsonInclude(Include.NON_ABSENT)
    public record Source(
            Kind type,
            Optional<Root> path,
            Optional<Root> mount,
            Optional<String> vendor,
            Optional<String> id,
            Optional<Labels> metadata,
            Optional<String> profile) {}

    /** {@code DiskInfo.Source.Type} of the schema. */
    public enum Kind {
        /** A folder, shared by whoever has a part of it. */
        PATH,
        /** A file system of its own, given as a whole. */
        MOUNT,
        BLOCK,
        RAW,
        UNRECOGNIZED;

        @JsonCreator
        static Kind read(String name) {
            return Wire.constant(Kind.class, name, UNRECOGNIZED);
        }
    }

    /** The folder on the agent: {@code DiskInfo.Source.Path} and {@code .Mount} of the schema. */
    @JsonInclude(Include.NON_ABSENT)
    public record Root(Optional<String> root) {}

    /** The agent's work folder, with nothing special about it. */
    public static final Disk ROOT = new Disk(Optional.empty(), Optional.empty(), Optional.empty());

    /** Whether it is a file system of its own that only goes as a whole. */
    public boolean mount() {
        return source.filter(from -> from.type() == Kind.MOUNT).isPresent();
    }

    /** This disk as a volume that outlives its task. */
    public Disk withVolume(Persistence named, String containerPath) {
        return new Disk(Optional.of(named), Optional.of(new Volume(Mode.RW, containerPath)), source);
    }
}
