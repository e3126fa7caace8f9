package dev.cotton.executor.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OwnAccountsTest {
    private static final OwnAccounts ACCOUNTS = new OwnAccounts("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");

    @Test
    void everyInstanceDerivesTheSamePasswordAndEveryAccountAnother() {
        assertThat(new OwnAccounts("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=").password(OwnAccounts.CLONE))
                .isEqualTo(ACCOUNTS.password(OwnAccounts.CLONE));
        assertThat(OwnAccounts.replication().stream().map(ACCOUNTS::password)).doesNotHaveDuplicates();
    }

    @Test
    void mysqlTakesThePasswordsForReplicationAndInTextAsTheyAre() {
        assertThat(ACCOUNTS.password(OwnAccounts.replication(0))).matches("[A-Za-z0-9_-]{32}");
    }

    @Test
    void theInitFileNeverUnlocksAReplicationAccountNorWritesToTheBinaryLog() {
        List<String> statements = ACCOUNTS.initFile().lines().toList();
        assertThat(statements).first().isEqualTo("SET sql_log_bin=0;");
        assertThat(statements)
                .filteredOn(statement -> statement.contains("cotton_repl_"))
                .hasSize(3)
                .noneMatch(statement -> statement.contains("UNLOCK"))
                .anyMatch(statement -> statement.startsWith("CREATE USER IF NOT EXISTS")
                        && statement.endsWith("REQUIRE SSL ACCOUNT LOCK;"));
        assertThat(statements).contains("DROP USER IF EXISTS 'root'@'localhost';");
    }

    @Test
    void slotsAreReadFromNames() {
        assertThat(OwnAccounts.slot("cotton_repl_15")).contains(15);
        assertThat(OwnAccounts.slot("cotton_repl_16")).isEmpty();
        assertThat(OwnAccounts.slot("app")).isEmpty();
    }

    @Test
    void aRootThatIsNoSecretIsRefusedByName() {
        assertThatThrownBy(() -> OwnAccounts.check("short")).hasMessageContaining("accounts.root");
        assertThatThrownBy(() -> OwnAccounts.check("!")).hasMessageContaining("accounts.root");
    }
}
