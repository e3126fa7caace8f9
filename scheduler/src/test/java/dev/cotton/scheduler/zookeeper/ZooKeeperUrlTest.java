package dev.cotton.scheduler.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.ClusterName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ZooKeeperUrlTest {
    @Test
    void hasCredentialsServersAndAPath() {
        assertThat(ZooKeeperUrl.parse("zk://user:pass@zk1.example:2181,zk2.example:2182/mysos/prod"))
                .isEqualTo(new ZooKeeperUrl(
                        Optional.of("user:pass"), List.of("zk1.example:2181", "zk2.example:2182"), "/mysos/prod"));
    }

    @Test
    void needsNeitherCredentialsNorPathNorPort() {
        assertThat(ZooKeeperUrl.parse("zk://zk.example"))
                .isEqualTo(new ZooKeeperUrl(Optional.empty(), List.of("zk.example:2181"), ""));
        assertThat(ZooKeeperUrl.parse("zk://[::1]:2181/").root()).isEmpty();
        assertThat(ZooKeeperUrl.parse("zk://h:1/a/").root()).isEqualTo("/a");
    }

    @Test
    void passwordsMayHaveColonsAndAtSigns() {
        assertThat(ZooKeeperUrl.parse("zk://user:p@ss:word@h:1/a").credentials())
                .contains("user:p@ss:word");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "h:1",
                "http://h:1/a",
                "zk:/h:1",
                "zk://",
                "zk:///a",
                "zk://h:0/a",
                "zk://h:65536/a",
                "zk://h:x/a",
                "zk://h:1,/a",
                "zk://h:1 /a",
                "zk://h:1//a",
                "zk://h:1/a/../b",
                "zk://h:1/.",
                "zk://h:1/a b",
                "zk://user@h:1/a",
                "zk://:pass@h:1/a",
                "zk://user:@h:1/a"
            })
    void refusesOtherForms(String text) {
        assertThatThrownBy(() -> ZooKeeperUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("A ZooKeeper URL is zk://");
    }

    @Test
    void neverShowsItsCredentials() {
        ZooKeeperUrl url = ZooKeeperUrl.parse("zk://user:hunter2@h:1/a");

        assertThat(url).hasToString("zk://h:1/a");
        assertThat(url.clusterUrl(new ClusterName("demo"))).isEqualTo("zk://h:1/a/discover/demo");
        assertThatThrownBy(() -> ZooKeeperUrl.parse("zk://user:hunter2@h:1:2/a"))
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> ZooKeeperUrl.parse("zk://hunter2@h:1/a")).hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "zk://127.0.0.1:2181/a, false",
        "zk://localhost:2181/a, false",
        "zk://[::1]:2181/a, false",
        "zk://user:pass@zk.example:2181/a, false",
        "zk://zk.example:2181/a, true",
        "zk://127.0.0.1:2181;10.0.0.1:2181/a, true",
    })
    void isUnprotectedWithoutCredentialsAndBeyondLoopback(String url, boolean unprotected) {
        assertThat(ZooKeeperUrl.parse(url.replace(';', ',')).unprotected()).isEqualTo(unprotected);
    }
}
