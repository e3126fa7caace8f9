package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.Ranges;
import dev.cotton.core.mesos.Resource;
import dev.cotton.core.mesos.Scalar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Resources that others are taken out of, the first ones first. Not thread-safe. */
final class Pile {
    private static final double LEAST = 0.0005;

    private final List<Resource> left;

    Pile(List<Resource> resources) {
        this.left = new ArrayList<>(resources);
    }

    /** How much of it there is in {@code resources}. */
    static double sum(List<Resource> resources, String name) {
        return resources.stream()
                .filter(resource -> resource.name().equals(name))
                .mapToDouble(Pile::amount)
                .sum();
    }

    private static double amount(Resource resource) {
        return resource.scalar().map(Scalar::value).orElse(0.0);
    }

    /**
     * Takes so much out, of one or several resources.
     *
     * @throws IllegalStateException when there is less
     */
    List<Resource> take(String name, double amount) {
        List<Resource> taken = new ArrayList<>();
        double missing = amount;
        for (int at = 0; at < left.size() && missing > LEAST; at++) {
            Resource resource = left.get(at);
            double part = divisible(resource, name) ? Math.min(amount(resource), missing) : 0;
            if (part > LEAST) {
                taken.add(split(at, part));
                missing -= part;
            }
        }
        if (missing > LEAST) {
            throw new IllegalStateException("There is less " + name + " than was counted.");
        }
        return taken;
    }

    /**
     * Takes so much out of a single resource: a volume is on one disk.
     *
     * @throws IllegalStateException when none has so much
     */
    Resource takeWhole(String name, double amount) {
        for (int at = 0; at < left.size(); at++) {
            Resource resource = left.get(at);
            if (divisible(resource, name) && amount(resource) >= amount - LEAST) {
                return split(at, amount);
            }
        }
        throw new IllegalStateException("No single " + name + " is as large as was counted.");
    }

    /**
     * Takes a disk of its own out, all of it: the smallest that has so much.
     *
     * @throws IllegalStateException when none has
     */
    Resource takeMount(double least) {
        Resource smallest = left.stream()
                .filter(resource -> resource.mount() && amount(resource) >= least - LEAST)
                .min(Comparator.comparingDouble(Pile::amount))
                .orElseThrow(() -> new IllegalStateException("No mount disk is as large as was counted."));
        left.remove(smallest);
        return smallest;
    }

    private static boolean divisible(Resource resource, String name) {
        return resource.name().equals(name) && !resource.mount() && !resource.volume();
    }

    private Resource split(int at, double part) {
        Resource resource = left.get(at);
        left.set(at, resource.withScalar(thousandths(amount(resource) - part)));
        return resource.withScalar(thousandths(part));
    }

    /** Mesos counts so. */
    private static double thousandths(double amount) {
        return Math.round(amount * 1000) / 1000.0;
    }

    /**
     * Takes these ports out, of one or several resources.
     *
     * @throws IllegalStateException when one of them is not there
     */
    List<Resource> takePorts(List<Integer> ports) {
        List<Resource> taken = new ArrayList<>();
        int found = 0;
        for (int at = 0; at < left.size(); at++) {
            Resource resource = left.get(at);
            List<Integer> here =
                    ports.stream().filter(port -> holds(resource, port)).toList();
            if (!here.isEmpty()) {
                taken.add(resource.withRanges(
                        here.stream().map(port -> new Ranges.Range(port, port)).toList()));
                left.set(at, resource.withRanges(without(resource, here)));
                found += here.size();
            }
        }
        if (found < ports.size()) {
            throw new IllegalStateException("A port is not there that was counted.");
        }
        return taken;
    }

    /** Whether that port is one of it. */
    static boolean holds(Resource resource, int port) {
        return resource.name().equals("ports")
                && resource.ranges().stream()
                        .flatMap(ranges -> ranges.range().stream())
                        .anyMatch(range -> range.begin() <= port && port <= range.end());
    }

    private static List<Ranges.Range> without(Resource resource, List<Integer> ports) {
        List<Ranges.Range> left = resource.ranges().orElseThrow().range();
        for (int port : ports) {
            left = left.stream().flatMap(range -> around(range, port)).toList();
        }
        return left;
    }

    private static Stream<Ranges.Range> around(Ranges.Range range, int port) {
        if (port < range.begin() || port > range.end()) {
            return Stream.of(range);
        }
        return Stream.of(new Ranges.Range(range.begin(), port - 1L), new Ranges.Range(port + 1L, range.end()))
                .filter(part -> part.begin() <= part.end());
    }

    /** What is left. */
    List<Resource> rest() {
        return left.stream()
                .filter(resource -> amount(resource) > LEAST
                        || resource.ranges()
                                .filter(ranges -> !ranges.range().isEmpty())
                                .isPresent())
                .toList();
    }
}
