package dev.cotton.core.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the instances of a cluster go, as far as a user has a say in it.
 *
 * @param shareHosts whether several of them may be on one machine where there are not enough machines for all
 * @param role whose share of a fleet they take, in Mesos' words; empty: the scheduler's own
 */
public record PlacementSpec(boolean shareHosts, Optional<String> role, DiskType diskType) {
    /** What is asked for unless somebody says otherwise. */
    public static final PlacementSpec ORDINARY = new PlacementSpec(false, Optional.empty(), DiskType.ROOT);

    private static final int LONGEST_ROLE = 255;
    private static final Pattern PART = Pattern.compile("(?!-|\\.{1,2}$)[^\\p{Cntrl}\\s*/]+");

    /** What kind of disk an instance's data are on, in Marathon's words. */
    public enum DiskType {
        /** A part of the disk that the machine's work folder is on. */
        ROOT,
        /** A file system of its own, all of it. */
        MOUNT
    }

    /** @throws IllegalArgumentException naming the field that is wrong */
    public PlacementSpec {
        role.flatMap(PlacementSpec::wrongRole).ifPresent(why -> {
            throw new IllegalArgumentException("role: " + why);
        });
    }

    /**
     * Why Mesos does not take it as the name of a role, in a sentence; empty when it does: parts between slashes, none of
     * which is empty, {@code .} or {@code ..}, begins with a hyphen, or has a space, control character or asterisk in it; or
     * {@code *}.
     */
    public static Optional<String> wrongRole(String role) {
        boolean valid = role.length() <= LONGEST_ROLE
                && (role.equals("*") || Arrays.stream(role.split("/", -1)).allMatch(PART.asMatchPredicate()));
        return valid
                ? Optional.empty()
                : Optional.of("the name of a role in Mesos is wanted, for instance 'cotton' or 'web/db'; '"
                        + Shown.of(role) + "' is not one.");
    }
}
