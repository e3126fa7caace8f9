package dev.cotton.executor.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Setup;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PrimaryStepsTest {
    private static final String UUID = "6e81e9c2-e685-11f1-acff-02fc00000001";
    private static final Setup.Accounts ACCOUNTS = new Setup.Accounts("app", "secret", "root");

    private final FakeMysql mysql = new FakeMysql();
    private final FakeMysql cluster = new FakeMysql();

    private GtidSet take(Role.Primary role) throws InterruptedException {
        return new PrimarySteps(mysql, () -> cluster).take(role, ACCOUNTS);
    }

    private static Role.Primary primary(int ackCount, Integer... admitted) {
        return new Role.Primary(ackCount, Set.of(admitted), false);
    }

    @Test
    void aNewPrimaryTakesWritesLastOfAll() throws InterruptedException {
        take(primary(1, 1, 2));
        int writable = mysql.at("SET GLOBAL read_only = OFF");
        assertThat(mysql.at("SET GLOBAL rpl_semi_sync_source_enabled = ON")).isLessThan(writable);
        assertThat(mysql.at("ALTER USER 'cotton_repl_1'@'%', 'cotton_repl_2'@'%' ACCOUNT UNLOCK"))
                .isLessThan(writable);
        assertThat(mysql.readOnly).isFalse();
        assertThat(mysql.semiSync).isTrue();
        assertThat(mysql.unlocked).containsExactly(1, 2);
    }

    @Test
    void theFirstPrimaryMakesTheUserBeforeItWaitsForAcks() throws InterruptedException {
        take(primary(1, 1));
        assertThat(cluster.at("CREATE USER")).isLessThan(cluster.at("CREATE TABLE"));
        assertThat(mysql.at("SET GLOBAL rpl_semi_sync_source_enabled = OFF"))
                .isLessThan(mysql.at("SET GLOBAL rpl_semi_sync_source_enabled = ON"));
    }

    @Test
    void aLaterPrimaryMakesNoUser() throws InterruptedException {
        mysql.schemaExists = true;
        take(primary(1, 1));
        assertThat(cluster.done).isEmpty();
    }

    @Test
    void whoIsNotAdmittedIsShutOutBeforeTheAckCountChanges() throws InterruptedException {
        runningPrimary(2);
        mysql.unlocked.addAll(Set.of(1, 2, 3));
        mysql.connections.put(71L, "cotton_repl_3");
        mysql.connections.put(72L, "cotton_repl_2");
        take(primary(1, 1, 2));
        int count = mysql.at("SET GLOBAL rpl_semi_sync_source_wait_for_replica_count = 1");
        assertThat(mysql.at("ALTER USER 'cotton_repl_3'@'%' ACCOUNT LOCK")).isLessThan(mysql.at("KILL 71"));
        assertThat(mysql.at("KILL 71")).isLessThan(count);
        assertThat(mysql.connections).containsOnlyKeys(72L);
        assertThat(mysql.unlocked).containsExactly(1, 2);
    }

    @Test
    void aLoginThatBeganBeforeTheLockIsEndedWhenItDoesNotComplete() throws InterruptedException {
        runningPrimary(1);
        mysql.connections.put(71L, "unauthenticated user");
        take(primary(1, 1));
        assertThat(mysql.connections).isEmpty();
        assertThat(mysql.at("ALTER USER 'cotton_repl_1'@'%' ACCOUNT UNLOCK")).isGreaterThan(mysql.at("KILL 71"));
    }

    @Test
    void withNobodyLeftWaitingIsSwitchedOffBeforeAccountsAreTouched() throws InterruptedException {
        runningPrimary(1);
        mysql.unlocked.add(1);
        take(primary(0));
        assertThat(mysql.at("SET GLOBAL rpl_semi_sync_source_enabled = OFF")).isLessThan(mysql.at("ALTER USER"));
    }

    @Test
    void aRunningPrimaryStaysWritableThroughout() throws InterruptedException {
        runningPrimary(1);
        take(primary(2, 1, 2, 3, 4));
        assertThat(mysql.done).noneMatch(sql -> sql.contains("read_only = ON"));
        assertThat(mysql.ackCount).isEqualTo(2);
    }

    @Test
    void aFormerReplicaAppliesAllThatItHasReceivedFirst() throws InterruptedException {
        formerReplica();
        take(primary(1, 2));
        assertThat(mysql.at("STOP REPLICA IO_THREAD")).isLessThan(mysql.at("START REPLICA SQL_THREAD"));
        assertThat(mysql.at("START REPLICA SQL_THREAD")).isLessThan(mysql.at("RESET REPLICA ALL"));
        assertThat(mysql.at("RESET REPLICA ALL")).isLessThan(mysql.at("SET GLOBAL rpl_semi_sync_source_enabled"));
        assertThat(mysql.executed).isEqualTo(UUID + ":1-9");
    }

    @Test
    void aBacklogKeepsAReplicaFromBecomingPrimary() {
        formerReplica();
        mysql.appliesAtOnce = false;
        assertThatThrownBy(() -> take(primary(1, 2)))
                .isInstanceOf(Obstacle.class)
                .hasMessage("4 received transactions are still to be applied.");
        assertThat(mysql.done)
                .doesNotContain("RESET REPLICA ALL")
                .noneMatch(sql -> sql.contains("read_only = OFF") && !sql.contains("super"));
        assertThat(mysql.semiSync).isFalse();
    }

    @Test
    void frozenIsReadOnlyWithEverythingElseKept() throws InterruptedException {
        runningPrimary(1);
        take(new Role.Primary(1, Set.of(1), true));
        assertThat(mysql.superReadOnly).isTrue();
        assertThat(mysql.semiSync).isTrue();
        assertThat(mysql.unlocked).containsExactly(1);
    }

    @Test
    void clientsOfAFrozenPrimaryStayUntilThereIsAnotherOne() throws InterruptedException {
        runningPrimary(1);
        mysql.unlocked.add(1);
        mysql.connections.put(71L, "app");
        take(new Role.Primary(1, Set.of(1), true));
        assertThat(mysql.connections).containsOnlyKeys(71L);
    }

    @Test
    void aFreezeOfWhatIsAPrimaryTouchesNothingElse() {
        runningPrimary(1);
        mysql.executed = UUID + ":1-9";
        GtidSet reached = new PrimarySteps(mysql, () -> mysql).freeze();
        assertThat(reached).isEqualTo(GtidSet.parse(UUID + ":1-9"));
        assertThat(mysql.superReadOnly).isTrue();
        assertThat(mysql.done).allMatch(sql -> sql.contains("super_read_only") || sql.contains("lock_wait_timeout"));
    }

    @Test
    void aFrozenPrimaryIsNotOpenedAgainToBeFrozenOnceMore() throws InterruptedException {
        runningPrimary(1);
        mysql.unlocked.add(1);
        take(new Role.Primary(1, Set.of(1), true));
        mysql.done.clear();
        take(new Role.Primary(1, Set.of(1), true));
        assertThat(mysql.done).noneMatch(sql -> sql.contains("read_only"));
    }

    @Test
    void aFrozenPrimaryThatWasStartedAnewStaysReadOnlyThroughout() throws InterruptedException {
        mysql.schemaExists = true;
        take(new Role.Primary(1, Set.of(1), true));
        assertThat(mysql.done).doesNotContain("SET GLOBAL read_only = OFF");
        assertThat(mysql.superReadOnly).isTrue();
        assertThat(mysql.semiSync).isTrue();
    }

    @Test
    void aFreezeIsUndone() throws InterruptedException {
        runningPrimary(1);
        take(new Role.Primary(1, Set.of(1), true));
        take(primary(1, 1));
        assertThat(mysql.readOnly).isFalse();
        assertThat(mysql.semiSync).isTrue();
    }

    @Test
    void aFrozenPrimaryWhoseCommitsWaitSaysSo() {
        runningPrimary(1);
        mysql.waiting = 1;
        assertThatThrownBy(() -> take(new Role.Primary(1, Set.of(1), true)))
                .isInstanceOf(Obstacle.class)
                .hasMessageContaining("a commit waits");
        assertThat(mysql.semiSync).isTrue();
    }

    @Test
    void reachedHoldsCommitsThatWait() throws InterruptedException {
        runningPrimary(1);
        mysql.owned = UUID + ":11#23:10#24";
        mysql.executed = UUID + ":1-9";
        assertThat(take(primary(1, 1))).isEqualTo(GtidSet.parse(UUID + ":1-11"));
    }

    private void runningPrimary(int ackCount) {
        mysql.readOnly = false;
        mysql.superReadOnly = false;
        mysql.semiSync = true;
        mysql.ackCount = ackCount;
        mysql.schemaExists = true;
    }

    private void formerReplica() {
        mysql.schemaExists = true;
        mysql.attached = true;
        mysql.source = "127.0.0.1:3306";
        mysql.receiver = "Yes";
        mysql.ackFlag = true;
        mysql.executed = UUID + ":1-5";
        mysql.retrieved = UUID + ":1-9";
    }
}
