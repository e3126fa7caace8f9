package dev.cotton.cli.app;

import dev.cotton.cli.up.ArtifactOptions;
import dev.cotton.cli.up.SchedulerOptions;
import dev.cotton.core.model.Endpoint;
import dev.cotton.scheduler.engine.mesos.master.MasterAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where agents find what they fetch.
 *
 * @param listened an address of this machine
 * @param publicHost how agents call it
 */
record ServedAddress(String listened, String publicHost) {
    /**
     * What was asked for; else the API's address. When the API is for this machine only, agents could not reach it: then it
     * is the address that this machine has towards the masters.
     *
     * @throws IllegalArgumentException when that cannot be found out
     */
    static ServedAddress of(SchedulerOptions options, ArtifactOptions wanted, MasterAddress master) {
        String api = options.apiAddress();
        String listened = wanted.address().orElseGet(() -> resolved(api).isLoopbackAddress() ? towards(master) : api);
        return new ServedAddress(
                listened,
                wanted.publicHost()
                        .or(() -> options.apiPublicHost().filter(_ -> listened.equals(api)))
                        .orElseGet(() -> resolved(listened).isAnyLocalAddress() ? towards(master) : listened));
    }

    /** Whether somebody elsewhere may call it so. */
    static boolean reachedByOthers(String address) {
        InetAddress there = resolved(address);
        return !there.isLoopbackAddress() && !there.isAnyLocalAddress();
    }

    private static InetAddress resolved(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException(
                    "--artifact-address: '" + host + "' is no name or address that is known here.", unknown);
        }
    }

    /** Nothing is sent: only the route is looked up. */
    private static String towards(MasterAddress master) {
        Endpoint there = master.first();
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(resolved(there.host()), there.port()));
            return socket.getLocalAddress().getHostAddress();
        } catch (IOException | UncheckedIOException noRoute) {
            throw new IllegalArgumentException(
                    "--artifact-address: which address of this machine agents reach cannot be found out, since there is no"
                            + " way to " + there.host() + ". Give that address.",
                    noRoute);
        }
    }
}
