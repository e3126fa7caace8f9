package dev.cotton.testing.mesos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** A sum of resources, no two of the same kind except volumes; ports first, then what is reserved, then the rest. */
record Resources(List<Resource> all) {
    static final Resources NONE = new Resources(List.of());
    private static final List<String> NAMES = List.of("cpus", "mem", "disk");
    private static final Comparator<Resource> ORDER = Comparator.comparing(
                    (Resource each) -> !each.name().equals("ports"))
            .thenComparing(each -> each.reservations().isEmpty())
            .thenComparingInt(each -> NAMES.contains(each.name()) ? NAMES.indexOf(each.name()) : NAMES.size());

    static Resources of(List<Resource> any) {
        Resources sum = NONE;
        for (Resource each : any) {
            sum = sum.plus(each);
        }
        return sum;
    }

    /** Reads resources of a call; those without allocation info are allocated to {@code role}. */
    static Resources read(JsonNode array, String role) {
        return of(readEach(array, role));
    }

    static List<Resource> readEach(JsonNode array, String role) {
        return Json.elements(array).stream()
                .map(each -> Resource.read(each, role))
                .toList();
    }

    Resources plus(Resources other) {
        Resources sum = this;
        for (Resource each : other.all) {
            sum = sum.plus(each);
        }
        return sum;
    }

    Resources plus(Resource more) {
        if (more.amount().isEmpty()) {
            return this;
        }
        Optional<Resource> same = more.isVolume() ? Optional.empty() : sameKind(more);
        List<Resource> changed = new ArrayList<>(all);
        same.ifPresent(changed::remove);
        changed.add(
                same.map(each -> each.with(each.amount().plus(more.amount()))).orElse(more));
        changed.sort(ORDER);
        return new Resources(List.copyOf(changed));
    }

    /** What is left without {@code other}; only meaningful when this contains it. */
    Resources minus(Resources other) {
        List<Resource> changed = new ArrayList<>(all);
        for (Resource less : other.all) {
            int place = -1;
            for (int i = 0; i < changed.size() && place < 0; i++) {
                place = changed.get(i).contains(less) ? i : -1;
            }
            if (place >= 0) {
                Resource had = changed.get(place);
                changed.set(place, had.with(had.amount().minus(less.amount())));
            }
        }
        changed.removeIf(each -> each.amount().isEmpty());
        return new Resources(List.copyOf(changed));
    }

    boolean contains(Resources other) {
        return other.all.stream().allMatch(wanted -> all.stream().anyMatch(each -> each.contains(wanted)));
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    Resources allocatedTo(String role) {
        return map(each -> each.allocatedTo(role));
    }

    Resources filter(Predicate<Resource> wanted) {
        return new Resources(all.stream().filter(wanted).toList());
    }

    private Resources map(UnaryOperator<Resource> change) {
        return of(all.stream().map(change).toList());
    }

    private Optional<Resource> sameKind(Resource kind) {
        return all.stream().filter(each -> each.sameKind(kind)).findFirst();
    }

    /** The thousandths of a scalar, whatever it is reserved for. */
    long thousandths(String name) {
        return all.stream()
                .filter(each -> each.name().equals(name))
                .mapToLong(each -> each.amount() instanceof Quantity.Scalar scalar ? scalar.thousandths() : 0)
                .sum();
    }

    ArrayNode json(boolean refined, boolean multiRole) {
        return Json.array(
                all.stream().map(each -> each.json(refined, multiRole)).toList());
    }

    /** As Mesos prints it in its messages. */
    String text() {
        return all.isEmpty() ? "{}" : all.stream().map(Resource::text).collect(Collectors.joining("; "));
    }
}
