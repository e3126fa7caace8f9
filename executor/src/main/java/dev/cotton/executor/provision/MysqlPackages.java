package dev.cotton.executor.provision;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The packages of one MySQL in a distribution's archive.
 *
 * @param core what is needed for certain, in the order server, client
 * @param extras in which single programs or plugins are in some versions
 */
record MysqlPackages(List<String> core, List<String> extras) {
    /** Matches the names of the packages that matter, with or without a version. */
    static final String NAMES = "^mysql-(server|client)(-core)?(-[0-9.]+)?$";

    private static final String SERVER = "mysql-server-core";

    MysqlPackages {
        core = List.copyOf(core);
        extras = List.copyOf(extras);
    }

    /**
     * Chooses the newest version that Cotton runs, of which both server and client are there.
     *
     * @param available names and versions
     */
    static Optional<MysqlPackages> newest(Map<String, ServerVersion> available) {
        return available.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(SERVER))
                .filter(entry -> entry.getValue().refusal().isEmpty())
                .filter(entry -> available.containsKey(client(suffix(entry.getKey()))))
                .max(Map.Entry.<String, ServerVersion>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(entry -> suffix(entry.getKey()))
                .map(suffix -> new MysqlPackages(
                        List.of(SERVER + suffix, client(suffix)),
                        Stream.of("mysql-client" + suffix, "mysql-server" + suffix)
                                .filter(available::containsKey)
                                .toList()));
    }

    private static String suffix(String server) {
        return server.substring(SERVER.length());
    }

    private static String client(String suffix) {
        return "mysql-client-core" + suffix;
    }
}
