package dev.cotton.executor.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class DemotionTest {
    private final FakeMysql mysql = new FakeMysql();

    @Test
    void aPrimaryIsReadOnlyBeforeItStopsToWait() {
        primary();
        new Demotion(mysql).take();
        assertThat(mysql.at("SET GLOBAL super_read_only = ON"))
                .isLessThan(mysql.at("SET GLOBAL rpl_semi_sync_source_enabled = OFF"));
        assertThat(mysql.semiSync).isFalse();
    }

    @Test
    void clientsOfAPrimaryAreDisconnected() {
        primary();
        mysql.connections.put(71L, "app");
        mysql.connections.put(72L, "cotton_repl_1");
        new Demotion(mysql).take();
        assertThat(mysql.connections).containsOnlyKeys(72L);
    }

    @Test
    void aPrimaryWhoseCommitsWaitIsNotTalkedOutOfWaiting() {
        primary();
        mysql.waiting = 1;
        assertThatThrownBy(() -> new Demotion(mysql).take()).isInstanceOf(Demotion.Undemotable.class);
        assertThat(mysql.done).isEmpty();
        assertThat(mysql.semiSync).isTrue();
    }

    @Test
    void aFrozenPrimaryWhoseCommitsWaitIsNotTalkedOutOfWaitingEither() {
        primary();
        mysql.readOnly = true;
        mysql.superReadOnly = true;
        mysql.waiting = 1;
        assertThatThrownBy(() -> new Demotion(mysql).take()).isInstanceOf(Demotion.Undemotable.class);
        assertThat(mysql.semiSync).isTrue();
    }

    @Test
    void aPrimaryThatDoesNotBecomeReadOnlyCannotBeDemoted() {
        primary();
        mysql.locked = true;
        assertThatThrownBy(() -> new Demotion(mysql).take()).isInstanceOf(Demotion.Undemotable.class);
        assertThat(mysql.semiSync).isTrue();
    }

    @Test
    void aReplicaThatTheExecutorWroteToIsNotKilledForThat() {
        mysql.superReadOnly = false;
        mysql.locked = true;
        assertThatThrownBy(() -> new Demotion(mysql).take()).isInstanceOf(Obstacle.class);
    }

    @Test
    void aReplicaAndItsClientsAreLeftAlone() {
        mysql.connections.put(71L, "app");
        new Demotion(mysql).take();
        assertThat(mysql.done).isEmpty();
        assertThat(mysql.connections).containsOnlyKeys(71L);
    }

    private void primary() {
        mysql.readOnly = false;
        mysql.superReadOnly = false;
        mysql.semiSync = true;
    }
}
