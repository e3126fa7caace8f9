package dev.cotton.cli.faults;

import dev.cotton.cli.Failure;
import dev.cotton.cli.bench.Playground;
import dev.cotton.cli.bench.Throwaway;
import dev.cotton.cli.lab.Disk;
import dev.cotton.cli.lab.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hosts and a disk of a measurement's own, as far as this machine allows them.
 *
 * @param options what a scheduler is to be told to use the hosts
 * @param noNetwork why there is none; empty when there is one
 * @param noDisk the same
 */
public record Lab(
        Optional<Network> network, Optional<InstanceDisk> disk, List<String> options, String noNetwork, String noDisk) {
    /** One with neither. */
    public static final Lab NONE =
            new Lab(Optional.empty(), Optional.empty(), List.of(), "None was asked for.", "None was asked for.");

    public Lab {
        options = List.copyOf(options);
    }

    /**
     * Makes what this machine allows; it vanishes with the place.
     *
     * @param hosts how many
     */
    public static Lab in(Throwaway place, int hosts) throws IOException {
        place.steps().begin("Making hosts and a disk that can break");
        Playground playground = place.playground();
        Path folder = playground.data().create().path();
        Optional<Network> network = Optional.empty();
        Optional<InstanceDisk> disk = Optional.empty();
        List<String> options = List.of();
        String noNetwork = "";
        String noDisk = "";
        try {
            Network made = Network.of(hosts);
            playground.add(fixture(made));
            options = List.of("--hosts", file(folder, made).toString());
            network = Optional.of(made);
        } catch (Failure notAllowed) {
            noNetwork = "No hosts can be made on this machine: " + notAllowed.sentence();
        }
        try {
            Disk.rehearse(folder);
            InstanceDisk later = new InstanceDisk(folder);
            playground.add(later);
            disk = Optional.of(later);
        } catch (Failure notAllowed) {
            noDisk = "No disk can be made on this machine: " + notAllowed.sentence();
        }
        place.steps().done(said(noNetwork.isEmpty(), noDisk.isEmpty()));
        return new Lab(network, disk, options, noNetwork, noDisk);
    }

    private static String said(boolean hosts, boolean disk) {
        return (hosts ? "There are hosts" : "This machine allows no hosts of its own")
                + (disk ? ", and a disk can be made" : ", and no disk can be made");
    }

    private static Playground.Fixture fixture(Network network) {
        return new Playground.Fixture() {
            @Override
            public void release() {}

            @Override
            public void remove() {
                network.close();
            }
        };
    }

    private static Path file(Path folder, Network network) throws IOException {
        ArrayNode hosts = JsonMapper.shared().createArrayNode();
        for (Network.Host host : network.hosts()) {
            ObjectNode each = hosts.addObject().put("name", host.name()).put("address", host.address());
            ArrayNode prefix = each.putArray("launchPrefix");
            host.launchPrefix().forEach(prefix::add);
        }
        return Files.writeString(folder.resolve("hosts.json"), hosts.toString());
    }
}
