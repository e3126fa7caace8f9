package dev.cotton.scheduler.engine.mesos.master;

import dev.cotton.core.model.Endpoint;
import dev.cotton.core.model.Shown;
import dev.cotton.scheduler.zookeeper.ZooKeeperUrl;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where to ask for the leading master. */
public sealed interface MasterAddress {

    /**
     * @return {@link Elected} for {@code zk://...}, {@link Listed} for {@code host[:port][,host[:port]...]}
     * @throws IllegalArgumentException with a sentence that does not quote credentials
     */
    static MasterAddress parse(String text) {
        return text.startsWith("zk://") ? new Elected(ZooKeeperUrl.parse(text)) : Listed.parse(text);
    }

    /** The server that is asked first: a master, or one of the ensemble. */
    default Endpoint first() {
        return switch (this) {
            case Listed(var masters) -> masters.getFirst();
            case Elected(var url) -> {
                String server = url.servers().getFirst();
                int colon = server.lastIndexOf(':');
                yield new Endpoint(
                        server.substring(0, colon).replaceAll("[\\[\\]]", ""),
                        Integer.parseInt(server.substring(colon + 1)));
            }
        };
    }

    /** The ensemble and the path that the masters elect their leader in. */
    record Elected(ZooKeeperUrl url) implements MasterAddress {}

    /** Masters, any of which names the leading one. */
    record Listed(List<Endpoint> masters) implements MasterAddress {
        private static final int ORDINARY_PORT = 5050;
        private static final Pattern MASTER = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9.-]+)(?::([0-9]{1,5}))?");

        public Listed {
            masters = List.copyOf(masters);
        }

        private static Listed parse(String text) {
            return new Listed(
                    Arrays.stream(text.split(",", -1)).map(Listed::master).toList());
        }

        private static Endpoint master(String text) {
            Matcher matcher = MASTER.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("The Mesos master is host:port[,host:port...] or"
                        + " zk://host:port[,host:port...]/path; '" + Shown.of(text) + "' is not host:port.");
            }
            int port = matcher.group(2) == null ? ORDINARY_PORT : Integer.parseInt(matcher.group(2));
            return new Endpoint(matcher.group(1).replaceAll("[\\[\\]]", ""), port);
        }
    }
}
