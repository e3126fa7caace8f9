package dev.cotton.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What programs rely on that were written for the original: its nodes in ZooKeeper and its routes. */
class DiscoveryIT {
    private static final String MEMBER = "/member_[0-9]{10}";
    private static final String SMALL = "size={\"mem\": \"512mb\", \"disk\": \"1gb\", \"cpus\": 0.2}";
    private static TestFleet fleet;
    private static ZooKeeperClient zooKeeper;

    @BeforeAll
    static void start() {
        fleet = TestFleet.started();
        zooKeeper = new ZooKeeperClient(fleet.zkServers());
    }

    @AfterAll
    static void stop() throws Exception {
        zooKeeper.close();
        fleet.close();
    }

    @Test
    void aClientSeesTheOriginalsNodesFromCreationToDeletion() throws Exception {
        String top = "/cotton/discover/watched";
        ZooKeeperClient.Watch watch = zooKeeper.watch(top);
        fleet.api().create("watched", 3);
        await().atMost(TestFleet.LONG.multipliedBy(3))
                .until(() -> fleet.api().state("watched").equals("healthy"));
        await().atMost(TestFleet.LONG)
                .untilAsserted(() -> assertThat(zooKeeper.tree(top)).isEqualTo(expected("watched")));
        fleet.api().delete("watched", true);
        fleet.awaitState("watched", "absent");
        await().atMost(TestFleet.LONG).until(() -> watch.changes().contains("-"));

        List<String> changes = watch.changes();
        assertThat(watch.mostMasters()).isEqualTo(1);
        assertThat(changes).startsWith("+").endsWith("-");
        assertThat(changes)
                .allMatch(change -> change.matches("[+-](/master|/slaves)?|[+=-](/master|/slaves)" + MEMBER));
        List<String> removals =
                changes.stream().filter(change -> change.startsWith("-")).toList();
        assertThat(removals.subList(removals.size() - 3, removals.size()))
                .as("the members have gone before what they were in")
                .containsExactly("-/slaves", "-/master", "-");
        assertThat(removals).filteredOn(change -> change.contains("member")).hasSizeGreaterThanOrEqualTo(3);
    }

    /** What discovery has to show of a healthy cluster, by what the API says of it. */
    private static SortedMap<String, String> expected(String cluster) {
        SortedMap<String, String> nodes = new TreeMap<>();
        nodes.put("", "");
        nodes.put("/master", "");
        nodes.put("/slaves", "");
        for (JsonNode instance : fleet.api().instances(cluster)) {
            String id = instance.path("id").asString();
            boolean primary = instance.path("role").asString().equals("primary");
            String group = primary ? "/master" : "/slaves";
            String endpoint =
                    instance.path("place").path("endpoints").path("mysql").asString();
            int colon = endpoint.lastIndexOf(':');
            nodes.put(
                    "%s/member_%010d".formatted(group, Integer.parseInt(id.substring(id.lastIndexOf('-') + 1))),
                    "{\"serviceEndpoint\":{\"host\":\"%s\",\"port\":%s},\"additionalEndpoints\":{},\"status\":\"ALIVE\"%s}"
                            .formatted(
                                    endpoint.substring(0, colon),
                                    endpoint.substring(colon + 1),
                                    primary ? ",\"epoch\":1" : ""));
        }
        return nodes;
    }

    @Test
    void theUserGuidesCallsWithMultipartFields() throws Exception {
        String url = fleet.scheduler().url() + "/clusters/guide";
        String[] create = {"-X", "POST", url, "--form", "cluster_user=mysos", "--form", "num_nodes=1", "--form", SMALL};
        Curl.Answer created = Curl.call(create);
        String password = assertCreated(created, "guide");
        assertThat(Curl.call(create))
                .isEqualTo(new Curl.Answer(409, "A cluster named guide exists; nothing was changed.\n"));
        fleet.awaitState("guide", "healthy");
        connectAsAnOldClient("guide", password);

        assertThat(Curl.call("-X", "DELETE", url, "--form", "password=wrong").status())
                .isEqualTo(403);
        assertThat(Curl.call("-X", "DELETE", url).status()).isEqualTo(403);
        assertThat(Curl.call("-X", "DELETE", url + "x", "--form", "password=" + password)
                        .status())
                .isEqualTo(404);
        assertThat(fleet.api().state("guide")).isEqualTo("healthy");
        assertThat(Curl.call("-X", "DELETE", url, "--form", "password=" + password))
                .isEqualTo(new Curl.Answer(200, "{\"cluster_url\":\"" + clusterUrl("guide") + "\"}"));
        awaitGone("guide");
        assertThat(Curl.call("-X", "DELETE", url, "--form", "password=" + password)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theUserGuidesCallsWithUrlencodedFields() throws Exception {
        String url = fleet.scheduler().url();
        String password = assertCreated(
                Curl.call(
                        "-X",
                        "POST",
                        url + "/clusters/plain",
                        "-d",
                        "cluster_user=mysos",
                        "-d",
                        "num_nodes=1",
                        "--data-urlencode",
                        SMALL),
                "plain");
        fleet.awaitState("plain", "healthy");
        connectAsAnOldClient("plain", password);
        assertThat(Curl.call("-X", "DELETE", url + "/cluster/plain", "-d", "password=wrong")
                        .status())
                .isEqualTo(403);
        assertThat(Curl.call("-X", "DELETE", url + "/cluster/plain", "-d", "password=" + password))
                .isEqualTo(new Curl.Answer(200, "{\"cluster_url\":\"" + clusterUrl("plain") + "\"}"));
        awaitGone("plain");
    }

    private static String assertCreated(Curl.Answer answer, String cluster) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().propertyNames()).containsExactly("cluster_url", "cluster_password");
        assertThat(answer.json().path("cluster_url").asString()).isEqualTo(clusterUrl(cluster));
        String password = answer.json().path("cluster_password").asString();
        assertThat(password).matches("[A-Za-z0-9]{21}");
        return password;
    }

    private static String clusterUrl(String cluster) {
        return "zk://" + fleet.zkServers() + "/cotton/discover/" + cluster;
    }

    /** Finds the master in ZooKeeper and uses it with nothing but the password of the answer. */
    private static void connectAsAnOldClient(String cluster, String password) throws Exception {
        String master = "/cotton/discover/" + cluster + "/master";
        await().atMost(TestFleet.LONG)
                .untilAsserted(() -> assertThat(zooKeeper.children(master)).hasSize(1));
        JsonNode endpoint = JsonMapper.builder()
                .build()
                .readTree(
                        zooKeeper.text(master + "/" + zooKeeper.children(master).getFirst()))
                .path("serviceEndpoint");
        try (Connection connection = DriverManager.getConnection(
                "jdbc:mysql://%s:%d/?sslMode=REQUIRED&connectTimeout=3000&socketTimeout=20000"
                        .formatted(
                                endpoint.path("host").asString(),
                                endpoint.path("port").asInt()),
                "mysos",
                password)) {
            assertThat(connection.createStatement().execute("CREATE DATABASE shop"))
                    .isFalse();
        }
    }

    private static void awaitGone(String cluster) {
        fleet.awaitState(cluster, "absent");
        await().atMost(TestFleet.LONG).until(() -> !zooKeeper.exists("/cotton/discover/" + cluster));
    }
}
