package dev.cotton.executor.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.wire.Role;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CandidateStepsTest {
    private static final String UUID = "6e81e9c2-e685-11f1-acff-02fc00000001";

    private final FakeMysql mysql = new FakeMysql();

    @BeforeEach
    void replica() {
        mysql.attached = true;
        mysql.source = "10.0.0.1:3306";
        mysql.receiver = "Yes";
        mysql.ackFlag = true;
        mysql.executed = UUID + ":1-5";
        mysql.retrieved = UUID + ":1-9";
    }

    private GtidSet take(Integer... admitted) throws InterruptedException {
        return new CandidateSteps(mysql).take(new Role.Candidate(Set.of(admitted)));
    }

    @Test
    void whatWasReceivedIsAppliedBeforeAnybodyIsLetIn() throws InterruptedException {
        assertThat(take(2)).isEqualTo(GtidSet.parse(UUID + ":1-9"));
        assertThat(mysql.at("STOP REPLICA IO_THREAD")).isLessThan(mysql.at("SET GLOBAL rpl_semi_sync_replica_enabled"));
        assertThat(mysql.at("START REPLICA SQL_THREAD")).isLessThan(mysql.at("ALTER USER"));
        assertThat(mysql.unlocked).containsExactly(2);
        assertThat(mysql.receiver).isEqualTo("No");
        assertThat(mysql.ackFlag).isFalse();
    }

    @Test
    void clientsCannotWriteAtAnyTime() throws InterruptedException {
        take(2);
        assertThat(mysql.done).doesNotContain("SET GLOBAL read_only = OFF");
        assertThat(mysql.superReadOnly).isTrue();
    }

    @Test
    void itsSourceIsForgottenOnceAllIsAppliedAndSemiSyncStaysOff() throws InterruptedException {
        take(2);
        assertThat(mysql.at("START REPLICA SQL_THREAD")).isLessThan(mysql.at("STOP REPLICA SQL_THREAD"));
        assertThat(mysql.at("STOP REPLICA SQL_THREAD")).isLessThan(mysql.at("RESET REPLICA ALL"));
        assertThat(mysql.done)
                .noneMatch(sql -> sql.startsWith("CHANGE"))
                .noneMatch(sql -> sql.contains("rpl_semi_sync_source_enabled = ON"));
        assertThat(mysql.attached).isFalse();
    }

    @Test
    void aRelayLogWithABacklogIsKept() {
        mysql.appliesAtOnce = false;
        assertThatThrownBy(() -> take(2)).isInstanceOf(Obstacle.class);
        assertThat(mysql.done).noneMatch(sql -> sql.startsWith("RESET") || sql.startsWith("STOP REPLICA SQL"));
    }

    @Test
    void aBacklogIsToldAndNobodyIsLetIn() {
        mysql.appliesAtOnce = false;
        assertThatThrownBy(() -> take(2)).isInstanceOf(Obstacle.class).hasMessageContaining("still to be applied");
        assertThat(mysql.unlocked).isEmpty();
    }

    @Test
    void whoWasLetInBeforeAndIsNotAdmittedIsShutOut() throws InterruptedException {
        mysql.unlocked.addAll(Set.of(1, 2));
        mysql.connections.put(71L, "cotton_repl_1");
        take(2);
        assertThat(mysql.unlocked).containsExactly(2);
        assertThat(mysql.connections).isEmpty();
    }

    @Test
    void onceMoreIsTheSame() throws InterruptedException {
        GtidSet first = take(2);
        mysql.done.clear();
        assertThat(take(2)).isEqualTo(first);
        assertThat(mysql.done).noneMatch(sql -> sql.startsWith("ALTER") || sql.contains("read_only"));
    }
}
