package dev.cotton.scheduler.engine.local.placement;

import dev.cotton.scheduler.engine.local.system.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks whether ports can be bound at this moment. */
public final class FreePorts {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Pattern LOCAL_PORT =
            Pattern.compile("^\\s*[0-9]+: [0-9A-F]+:([0-9A-F]{4}) ", Pattern.MULTILINE);
    private static final int HEXADECIMAL = 16;

    private FreePorts() {}

    /**
     * Those of {@code count} ports from {@code first} on that somebody on {@code host} has.
     *
     * @throws IOException when nothing can be run on that host
     */
    public static Set<Integer> taken(Host host, int first, int count) throws IOException {
        Set<Integer> taken = host.launchPrefix().isEmpty() ? unbindable(host, first, count) : inUse(host);
        taken.removeIf(port -> port < first || port >= first + count);
        return taken;
    }

    private static Set<Integer> unbindable(Host host, int first, int count) {
        Set<Integer> taken = new HashSet<>();
        for (int port = first; port < first + count; port++) {
            if (!bindable(host.address(), port) || !bindable("127.0.0.1", port)) {
                taken.add(port);
            }
        }
        return taken;
    }

    private static boolean bindable(String address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** Behind a launch prefix nothing can be bound from here; the kernel's own list is read there. */
    private static Set<Integer> inUse(Host host) throws IOException {
        List<String> command = new ArrayList<>(host.launchPrefix());
        command.addAll(List.of("cat", "/proc/self/net/tcp"));
        if (Files.exists(Path.of("/proc/self/net/tcp6"))) {
            command.add("/proc/self/net/tcp6");
        }
        Command.Outcome outcome = Command.run(LIMIT, command);
        if (!outcome.succeeded()) {
            throw new IOException("'" + String.join(" ", command) + "' says: " + outcome.output());
        }
        Set<Integer> ports = new HashSet<>();
        Matcher local = LOCAL_PORT.matcher(outcome.output());
        while (local.find()) {
            ports.add(Integer.parseInt(local.group(1), HEXADECIMAL));
        }
        return ports;
    }
}
