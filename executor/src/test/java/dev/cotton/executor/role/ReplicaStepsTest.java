package dev.cotton.executor.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.Endpoint;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.Role;
import dev.cotton.executor.sql.OwnAccounts;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReplicaStepsTest {
    private static final InstanceId SOURCE = InstanceId.parse("demo-0");
    private static final Endpoint HERE = new Endpoint("10.0.0.1", 3306);
    private static final Endpoint ELSEWHERE = new Endpoint("10.0.0.2", 3306);
    private static final String BACKLOG = "6e81e9c2-e685-11f1-acff-02fc00000001:1-9";

    private final FakeMysql mysql = new FakeMysql();

    private void take(Endpoint source, boolean acks) throws InterruptedException {
        OwnAccounts accounts = new OwnAccounts("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
        new ReplicaSteps(mysql, accounts, 3, Path.of("/tls/ca.pem"))
                .take(new Role.Replica(SOURCE, source, acks, Set.of()));
    }

    @Test
    void aFreshMemberGetsItsPositionByGtid() throws InterruptedException {
        take(HERE, false);
        assertThat(mysql.done.get(mysql.at("CHANGE REPLICATION SOURCE"))).contains("SOURCE_AUTO_POSITION = 1");
        assertThat(mysql.source).isEqualTo("10.0.0.1:3306");
        assertThat(mysql.account).isEqualTo("cotton_repl_3");
        assertThat(mysql.receiver).isEqualTo("Yes");
        assertThat(mysql.applier).isTrue();
    }

    @Test
    void afterACrashTheApplierRunsBeforeTheSourceIsChanged() throws InterruptedException {
        stoppedReplica();
        take(ELSEWHERE, true);
        assertThat(mysql.at("START REPLICA SQL_THREAD")).isLessThan(mysql.at("CHANGE REPLICATION SOURCE"));
        assertThat(mysql.done.get(mysql.at("CHANGE REPLICATION SOURCE"))).doesNotContain("AUTO_POSITION");
        assertThat(mysql.retrieved).isEqualTo(BACKLOG);
    }

    @Test
    void theAckFlagIsSetWhileTheReceiverIsStopped() throws InterruptedException {
        stoppedReplica();
        mysql.applier = true;
        mysql.receiver = "Yes";
        take(HERE, true);
        assertThat(mysql.at("STOP REPLICA IO_THREAD")).isLessThan(mysql.at("SET GLOBAL rpl_semi_sync_replica_enabled"));
        assertThat(mysql.at("SET GLOBAL rpl_semi_sync_replica_enabled"))
                .isLessThan(mysql.at("START REPLICA IO_THREAD"));
        assertThat(mysql.ackFlag).isTrue();
    }

    @Test
    void aReplicaThatFollowsAlreadyIsLeftAlone() throws InterruptedException {
        stoppedReplica();
        mysql.applier = true;
        mysql.receiver = "Yes";
        take(HERE, false);
        assertThat(mysql.done).doesNotContain("STOP REPLICA IO_THREAD", "START REPLICA IO_THREAD");
    }

    @Test
    void whoWasAdmittedBelowIsShutOut() throws InterruptedException {
        stoppedReplica();
        mysql.unlocked.addAll(Set.of(1, 2));
        mysql.connections.put(71L, "cotton_repl_2");
        take(HERE, true);
        assertThat(mysql.unlocked).isEmpty();
        assertThat(mysql.connections).isEmpty();
        assertThat(mysql.superReadOnly).isTrue();
    }

    @Test
    void nothingIsWrittenWhereNobodyIsToBeShutOut() throws InterruptedException {
        stoppedReplica();
        mysql.applier = true;
        mysql.receiver = "Yes";
        take(HERE, false);
        assertThat(mysql.done).isEmpty();
    }

    @Test
    void theTargetOfASwitchoverLetsOthersInAndStaysReadOnly() throws InterruptedException {
        stoppedReplica();
        OwnAccounts accounts = new OwnAccounts("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
        new ReplicaSteps(mysql, accounts, 3, Path.of("/tls/ca.pem"))
                .take(new Role.Replica(SOURCE, HERE, true, Set.of(2)));
        assertThat(mysql.unlocked).containsExactly(2);
        assertThat(mysql.superReadOnly).isTrue();
        assertThat(mysql.done).doesNotContain("SET GLOBAL read_only = OFF");
    }

    @Test
    void aFencedReplicaStopsReceivingBeforeItsFlagGoesOff() throws InterruptedException {
        stoppedReplica();
        mysql.receiver = "Yes";
        mysql.ackFlag = true;
        new FencedSteps(mysql).take();
        assertThat(mysql.at("STOP REPLICA IO_THREAD")).isLessThan(mysql.at("SET GLOBAL rpl_semi_sync_replica_enabled"));
        assertThat(mysql.receiver).isEqualTo("No");
        assertThat(mysql.ackFlag).isFalse();
        assertThat(mysql.applier).isTrue();
    }

    private void stoppedReplica() {
        mysql.attached = true;
        mysql.source = "10.0.0.1:3306";
        mysql.account = "cotton_repl_3";
        mysql.retrieved = BACKLOG;
        mysql.appliesAtOnce = false;
    }
}
