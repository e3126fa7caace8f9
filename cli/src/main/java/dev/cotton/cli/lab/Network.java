package dev.cotton.cli.lab;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Hosts on this machine: network namespaces, each joined to one bridge by a cable that can be pulled out. Schedulers reach
 * them from one address, clients from another, so that a host can be cut off from the one and not from the other. What
 * is cut is lost without a word, as on a broken network. Needs root, {@code ip} and {@code nft}. Used by one thread.
 */
public final class Network implements AutoCloseable {
    private static final int SCHEDULER = 254;
    private static final int CLIENTS = 253;
    private static final int MOST = 0x10000;

    private final String name = "%04x".formatted(ThreadLocalRandom.current().nextInt(MOST));

    /** Of the addresses that are set apart for measuring devices: nobody's. */
    private final String prefix = "198.18." + ThreadLocalRandom.current().nextInt(256) + ".";

    private final int count;

    private Network(int count) {
        this.count = count;
    }

    /**
     * A host, as the engine wants to know it.
     *
     * @param launchPrefix put before the command of everything that is started there
     */
    public record Host(String name, String address, List<String> launchPrefix) {
        public Host {
            launchPrefix = List.copyOf(launchPrefix);
        }
    }

    /**
     * Hosts named {@code h1} and so on, that reach one another.
     *
     * @throws dev.cotton.cli.Failure when this machine does not allow it, with what it says; nothing is left then
     */
    public static Network of(int count) {
        Network network = new Network(count);
        try {
            network.build();
            return network;
        } catch (RuntimeException | Error incomplete) {
            network.close();
            throw incomplete;
        }
    }

    private void build() {
        Command.run("nft --version");
        Command.run("ip link add " + bridge() + " type bridge");
        Command.run("ip addr add " + schedulerAddress() + "/24 dev " + bridge());
        Command.run("ip addr add " + clientAddress() + "/24 dev " + bridge());
        Command.run("ip link set " + bridge() + " up");
        for (int host = 1; host <= count; host++) {
            String space = namespace(host);
            Command.run("ip netns add " + space);
            Command.run("ip link add " + cable(host) + " type veth peer name eth0 netns " + space);
            Command.run("ip link set " + cable(host) + " master " + bridge() + " up");
            inside(host, "ip addr add " + address(host) + "/24 dev eth0");
            inside(host, "ip link set eth0 up");
            inside(host, "ip link set lo up");
        }
    }

    private String bridge() {
        return "ctb" + name;
    }

    private String cable(int host) {
        return "ctc" + name + "-" + host;
    }

    private String namespace(int host) {
        return "cotton-" + name + "-" + host;
    }

    private String address(int host) {
        return prefix + host;
    }

    private void inside(int host, String command) {
        Command.run("ip netns exec " + namespace(host) + " " + command);
    }

    public List<Host> hosts() {
        return IntStream.rangeClosed(1, count)
                .mapToObj(host -> new Host("h" + host, address(host), List.of("ip", "netns", "exec", namespace(host))))
                .toList();
    }

    private String schedulerAddress() {
        return prefix + SCHEDULER;
    }

    /** What clients bind. */
    public String clientAddress() {
        return prefix + CLIENTS;
    }

    /**
     * Pulls the cable out: nobody reaches that host any more.
     *
     * @param host its address, as all below
     */
    public void unplug(String host) {
        Command.run("ip link set " + cable(number(host)) + " down");
    }

    /** Lets nothing pass between that host and the scheduler. */
    public void cutFromScheduler(String host) {
        cut(number(host), schedulerAddress());
    }

    /** Lets nothing pass between that host and those. */
    public void cutFrom(String host, List<String> others) {
        others.forEach(other -> cut(number(host), other));
    }

    private void cut(int host, String address) {
        inside(host, "nft add table ip cut");
        Stream.of("input saddr", "output daddr").map(side -> side.split(" ")).forEach(side -> {
            inside(host, "nft add chain ip cut " + side[0] + " { type filter hook " + side[0] + " priority 0 ; }");
            inside(host, "nft add rule ip cut " + side[0] + " ip " + side[1] + " " + address + " drop");
        });
    }

    /** Undoes all cuts. */
    public void heal() {
        for (int host = 1; host <= count; host++) {
            inside(host, "nft flush ruleset");
            Command.run("ip link set " + cable(host) + " up");
        }
    }

    private int number(String host) {
        if (!host.startsWith(prefix)) {
            throw new IllegalArgumentException(host + " is not on this network.");
        }
        return Integer.parseInt(host.substring(prefix.length()));
    }

    /** Removes everything. What still runs inside goes on without a network. */
    @Override
    public void close() {
        for (int host = 1; host <= count; host++) {
            Command.tryTo("ip netns delete " + namespace(host));
            Command.tryTo("ip link delete " + cable(host));
        }
        Command.tryTo("ip link delete " + bridge());
    }
}
