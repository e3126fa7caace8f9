package dev.cotton.scheduler.rest.edge;

import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.MysqlOptions;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.PlacementSpec.DiskType;
import dev.cotton.core.model.Resources;
import dev.cotton.core.model.Shown;
import dev.cotton.scheduler.rest.resource.ApiJson;
import dev.cotton.scheduler.rest.resource.ChangeCluster;
import dev.cotton.scheduler.rest.resource.CreatePlacement;
import dev.cotton.scheduler.rest.resource.CreateSize;
import dev.cotton.scheduler.rest.resource.ProblemCode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Turns what a caller wishes for into core's values. Core checks them; its messages begin with the name of the field,
 * which is told to the caller by the name that he knows.
 *
 * @param names core's name of a field to the caller's; a field that is missing here is named alike
 */
public record Wishes(Map<String, String> names) {
    public Wishes {
        names = Map.copyOf(names);
    }

    /** What one instance is to get. */
    public Resources size(CreateSize size) {
        return size(size, Resources.ORDINARY);
    }

    private Resources size(CreateSize size, Resources otherwise) {
        DataSize mem = size.mem().map(text -> dataSize("mem", text)).orElse(otherwise.mem());
        DataSize disk = size.disk().map(text -> dataSize("disk", text)).orElse(otherwise.disk());
        return checked(() -> new Resources(size.cpus().orElse(otherwise.cpus()), mem, disk));
    }

    /** {@code former} with what is wished otherwise. */
    public ClusterSpec changed(ClusterSpec former, ChangeCluster wish) {
        Map<String, String> options = new TreeMap<>(former.options());
        wish.unsetOptions().orElse(List.of()).forEach(name -> {
            if (options.remove(name) == null) {
                throw invalid("unsetOptions", "'" + Shown.of(name) + "' is not set.");
            }
        });
        options.putAll(wish.options().orElse(Map.of()));
        return spec(
                wish.instances().orElse(former.instances()),
                wish.size().map(size -> size(size, former.size())).orElse(former.size()),
                wish.durability().map(this::durability).orElse(former.durability()),
                former.user(),
                options,
                former.placement());
    }

    /** The cluster as a whole. */
    public ClusterSpec spec(
            int instances,
            Resources size,
            Durability durability,
            String user,
            Map<String, String> options,
            PlacementSpec placement) {
        return checked(() ->
                new ClusterSpec(instances, size, durability, user, MysqlOptions.checked(options, size), placement));
    }

    /** Where instances are to go. */
    public PlacementSpec placement(CreatePlacement placement) {
        DiskType diskType = placement
                .diskType()
                .map(text -> word(DiskType.class, "diskType", text))
                .orElse(PlacementSpec.ORDINARY.diskType());
        return checked(() -> new PlacementSpec(placement.shareHosts().orElse(false), placement.role(), diskType));
    }

    /** One of the words that {@link Durability} has. */
    public Durability durability(String word) {
        return word(Durability.class, "durability", word);
    }

    private <E extends Enum<E>> E word(Class<E> words, String field, String word) {
        return Arrays.stream(words.getEnumConstants())
                .filter(value -> ApiJson.word(value).equals(word))
                .findFirst()
                .orElseThrow(() -> invalid(
                        field,
                        Arrays.stream(words.getEnumConstants())
                                        .map(ApiJson::word)
                                        .collect(Collectors.joining(" or "))
                                + ", not '" + Shown.of(word) + "'."));
    }

    /** A password that a caller chose. */
    public Optional<String> password(Optional<String> password) {
        if (password.filter(text -> !text.matches("[^\\p{Cntrl}]{1,128}")).isPresent()) {
            throw invalid("password", "1 to 128 characters, none of them a control character.");
        }
        return password;
    }

    private DataSize dataSize(String field, String text) {
        try {
            return DataSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw invalid(field, String.valueOf(e.getMessage()));
        }
    }

    private <T> T checked(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            int colon = message.indexOf(": ");
            throw invalid(message.substring(0, Math.max(0, colon)), message.substring(colon + 2));
        }
    }

    private RequestRefused invalid(String field, String sentence) {
        String name = names.getOrDefault(field, field);
        return new RequestRefused(ProblemCode.INVALID, name, name + ": " + sentence);
    }
}
