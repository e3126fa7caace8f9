package dev.cotton.executor.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Endpoint;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HealthTest {
    private static final Role PRIMARY = new Role.Primary(1, Set.of(1), false);
    private static final Role REPLICA =
            new Role.Replica(InstanceId.parse("demo-0"), new Endpoint("h", 1), true, Set.of());

    @Test
    void aWritablePrimaryIsAPrimary() {
        Status status = status(Lifecycle.RUNNING, PRIMARY, Optional.of(report(false, Optional.empty())));
        assertThat(healthy("/primary", status)).isTrue();
        assertThat(healthy("/replica", status)).isFalse();
        assertThat(healthy("/health", status)).isTrue();
    }

    @Test
    void aPrimaryThatDoesNotTakeWritesIsNone() {
        assertThat(healthy("/primary", status(Lifecycle.RUNNING, PRIMARY, Optional.of(report(true, Optional.empty())))))
                .isFalse();
        assertThat(healthy("/primary", status(Lifecycle.UNRESPONSIVE, PRIMARY, Optional.empty())))
                .isFalse();
    }

    @Test
    void aReplicaIsOneUpToTheLagThatIsAskedFor() {
        Status status =
                status(Lifecycle.RUNNING, REPLICA, Optional.of(report(true, Optional.of(Duration.ofSeconds(5)))));
        assertThat(healthy("/replica", status)).isTrue();
        assertThat(healthy("/replica", "10s", status)).isTrue();
        assertThat(healthy("/replica", "5000ms", status)).isTrue();
        assertThat(healthy("/replica", "4", status)).isFalse();
        assertThat(healthy("/primary", status)).isFalse();
    }

    @Test
    void anUnknownLagIsTooMuch() {
        MysqlReport unknown = new MysqlReport(
                "9.7.4",
                "u",
                true,
                true,
                GtidSet.EMPTY,
                GtidSet.EMPTY,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new MysqlReport.Replication(
                        "h:1", "ON", true, "", "", Optional.empty(), Optional.empty(), Optional.empty())),
                new MysqlReport.SemiSync(false, 0, 0, true, 0),
                Set.of());
        Status status = status(Lifecycle.RUNNING, REPLICA, Optional.of(unknown));
        assertThat(healthy("/replica", status)).isTrue();
        assertThat(healthy("/replica", "1m", status)).isFalse();
    }

    @Test
    void livenessIsThisProcessAlone() {
        Status status = status(Lifecycle.FAILED, PRIMARY, Optional.empty());
        assertThat(healthy("/liveness", status)).isTrue();
        assertThat(healthy("/health", status)).isFalse();
    }

    @Test
    void aMalformedLagIsRefusedAndUnknownPathsAreUnknown() {
        Status status = status(Lifecycle.RUNNING, REPLICA, Optional.empty());
        assertThatThrownBy(() -> Health.of("/replica", Optional.of("soon"), status))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lag:");
        assertThat(Health.of("/secrets", Optional.empty(), status)).isEmpty();
    }

    private static boolean healthy(String path, Status status) {
        return Health.of(path, Optional.empty(), status).orElseThrow().healthy();
    }

    private static boolean healthy(String path, String lag, Status status) {
        return Health.of(path, Optional.of(lag), status).orElseThrow().healthy();
    }

    private static MysqlReport report(boolean readOnly, Optional<Duration> lag) {
        return new MysqlReport(
                "9.7.4",
                "u",
                readOnly,
                readOnly,
                GtidSet.EMPTY,
                GtidSet.EMPTY,
                Optional.empty(),
                Optional.empty(),
                lag.map(span -> new MysqlReport.Replication(
                        "h:1", "ON", true, "", "", Optional.empty(), Optional.empty(), Optional.of(span))),
                new MysqlReport.SemiSync(false, 0, 0, true, 0),
                Set.of());
    }

    private static Status status(Lifecycle lifecycle, Role role, Optional<MysqlReport> mysql) {
        return new Status(
                InstanceId.parse("demo-1"),
                1,
                "test",
                "boot",
                Duration.ZERO,
                Optional.empty(),
                true,
                lifecycle,
                "",
                Optional.empty(),
                Stamp.NONE,
                Optional.of(new Status.RoleReport(Stamp.NONE, role, true, "")),
                mysql,
                new Status.Usage(
                        Optional.empty(),
                        0,
                        DataSize.ofMegabytes(1),
                        DataSize.ofMegabytes(1),
                        DataSize.ofMegabytes(1),
                        Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
