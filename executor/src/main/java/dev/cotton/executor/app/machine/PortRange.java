package dev.cotton.executor.app.machine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Ports from {@code first} to {@code last}, both included, from which instances get theirs. */
public record PortRange(int first, int last) {
    private static final String CHECK = "ports";
    private static final int FOR_ONE_INSTANCE = 4;
    private static final int FOR_THREE_INSTANCES = 12;

    /** @throws IllegalArgumentException when the range is empty or not of ports */
    public PortRange {
        if (first < 1 || last > 65_535 || first > last) {
            throw new IllegalArgumentException(
                    "A range of ports goes from 1 to at most 65535; " + first + " to " + last + " does not.");
        }
    }

    /** @param outgoing the kernel's file with the range from which outgoing connections get their ports */
    MachineCheck check(Path outgoing) {
        long free = IntStream.rangeClosed(first, last).filter(PortRange::isFree).count();
        String sentence = free + " of " + (last - first + 1) + " ports from " + first + " to " + last + " are free.";
        if (free < FOR_ONE_INSTANCE) {
            return MachineCheck.failed(
                    CHECK, sentence, "An instance needs " + FOR_ONE_INSTANCE + " ports: give another range.");
        }
        if (free < FOR_THREE_INSTANCES) {
            return MachineCheck.warning(
                    CHECK,
                    sentence,
                    "A cluster of three needs " + FOR_THREE_INSTANCES + " ports: give a larger range.");
        }
        return overlaps(outgoing)
                ? MachineCheck.warning(
                        CHECK,
                        sentence + " The kernel also gives them to outgoing connections.",
                        "Give a range outside of net.ipv4.ip_local_port_range, or an instance may find its port taken.")
                : MachineCheck.ok(CHECK, sentence);
    }

    private boolean overlaps(Path outgoing) {
        List<Integer> ends = ProcFile.lines(outgoing).stream()
                .flatMap(line -> List.of(line.strip().split("\\s+", -1)).stream())
                .filter(word -> word.matches("\\d{1,5}"))
                .map(Integer::valueOf)
                .toList();
        return ends.size() == 2 && ends.getFirst() <= last && ends.getLast() >= first;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
