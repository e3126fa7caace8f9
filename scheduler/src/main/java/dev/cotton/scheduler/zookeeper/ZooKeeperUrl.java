package dev.cotton.scheduler.zookeeper;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.Shown;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an ensemble is and which path in it is ours: {@code zk://[user:password@]host[:port][,host[:port]...][/path]}.
 *
 * @param credentials {@code user:password} for the digest scheme: a secret
 * @param servers {@code host:port}, one or more
 * @param root the path without a slash at its end; empty for the whole tree
 */
public record ZooKeeperUrl(Optional<String> credentials, List<String> servers, String root) {
    private static final String SCHEME = "zk://";
    private static final int ORDINARY_PORT = 2181;
    private static final Pattern SERVER = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    public ZooKeeperUrl {
        servers = List.copyOf(servers);
    }

    /** @throws IllegalArgumentException with a sentence that does not quote the credentials */
    public static ZooKeeperUrl parse(String url) {
        if (!url.startsWith(SCHEME)) {
            throw malformed("it starts with zk://");
        }
        String rest = url.substring(SCHEME.length());
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : rest.substring(slash).replaceAll("/+$", "");
        if (!PATH.matcher(path).matches()) {
            throw malformed("its path has names of letters, digits, '_', '.' or '-', not '" + Shown.of(path) + "'");
        }
        int at = authority.lastIndexOf('@');
        Optional<String> credentials = at < 0 ? Optional.empty() : Optional.of(authority.substring(0, at));
        if (credentials.filter(text -> !text.matches("(?s)[^:]+:.+")).isPresent()) {
            throw malformed("what stands before the '@' is user:password");
        }
        List<String> servers = Arrays.stream(authority.substring(at + 1).split(",", -1))
                .map(ZooKeeperUrl::server)
                .toList();
        return new ZooKeeperUrl(credentials, servers, path);
    }

    private static String server(String text) {
        Matcher matcher = SERVER.matcher(text);
        if (!matcher.matches()) {
            throw malformed("'" + Shown.of(text) + "' is not host:port");
        }
        int port = matcher.group(2) == null ? ORDINARY_PORT : Integer.parseInt(matcher.group(2));
        if (port < 1 || port > 65535) {
            throw malformed("a port is between 1 and 65535, not " + port);
        }
        return matcher.group(1) + ":" + port;
    }

    private static IllegalArgumentException malformed(String why) {
        return new IllegalArgumentException(
                "A ZooKeeper URL is zk://[user:password@]host:port[,host:port...][/path]: " + why + ".");
    }

    /** The servers as ZooKeeper's clients take them. */
    public String connectString() {
        return String.join(",", servers);
    }

    /** What clients of the cluster are given to find its members; without credentials. */
    public String clusterUrl(ClusterName cluster) {
        return SCHEME + connectString() + new Layout(root).discovered(cluster);
    }

    /**
     * Whether everybody who reaches the ensemble may change what is in it: there are no credentials, and it does not
     * listen on loopback only.
     */
    public boolean unprotected() {
        return credentials.isEmpty() && !servers.stream().allMatch(ZooKeeperUrl::loopback);
    }

    private static boolean loopback(String server) {
        String host = server.substring(0, server.lastIndexOf(':')).replaceAll("[\\[\\]]", "");
        try {
            return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Without the credentials. */
    @Override
    public String toString() {
        return SCHEME + connectString() + root;
    }
}
