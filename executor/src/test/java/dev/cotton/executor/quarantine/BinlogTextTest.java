package dev.cotton.executor.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.wire.QuarantineEntry.Rows;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BinlogTextTest {
    private static final String UUID = "6e81e9c2-e685-11f1-acff-02fc00000001";

    private final BinlogText text = new BinlogText();

    private void read(String lines) {
        lines.lines().forEach(text::line);
    }

    @Test
    void rowsAreCountedByTable() {
        read("""
                /*!50530 SET @@SESSION.PSEUDO_SLAVE_MODE=1*/;
                DELIMITER /*!*/;
                # original_commit_timestamp=1700000000000000 (2023-11-14 22:13:20.000000 UTC)
                SET @@SESSION.GTID_NEXT= '%1$s:7'/*!*/;
                # at 400
                SET TIMESTAMP=1700000000/*!*/;
                BEGIN
                /*!*/;
                BINLOG '
                4DRkZxMBAAAAPwAAAKQBAAAAAFwAAAAAAAEABHNob3AABm9yZGVycwACAw8CUAAAAQEAAgP8/wDU
                '/*!*/;
                ### INSERT INTO `shop`.`orders`
                ### SET
                ###   @1=1
                ### UPDATE `shop`.`orders`
                ### DELETE FROM `shop`.`stock`
                # at 500
                COMMIT/*!*/;
                SET @@SESSION.GTID_NEXT= 'AUTOMATIC' /* added by mysqlbinlog */ /*!*/;
                """.formatted(UUID));
        assertThat(text.gtids()).isEqualTo(GtidSet.parse(UUID + ":7"));
        assertThat(text.transactions()).isEqualTo(1);
        assertThat(text.rows()).isEqualTo(Map.of("shop.orders", new Rows(1, 1, 0), "shop.stock", new Rows(0, 0, 1)));
        assertThat(text.statements()).isEmpty();
        assertThat(text.first()).contains(Instant.ofEpochSecond(1_700_000_000));
        assertThat(text.last()).isEqualTo(text.first());
    }

    @Test
    void namesAreReadAsTheyWereWritten() {
        String line = "### INSERT INTO `caf\u00e9`.`\u8336`";

        text.line(new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));

        assertThat(text.rows()).containsOnlyKeys("caf\u00e9.\u8336");
    }

    @Test
    void otherStatementsAreNamedWithoutWhatTheyHold() {
        read("""
                SET @@SESSION.GTID_NEXT= '%1$s:8'/*!*/;
                use `shop`/*!*/;
                SET TIMESTAMP=1700000000/*!*/;
                /*!80013 SET @@session.sql_require_primary_key=0*//*!*/;
                CREATE USER 'app'@'%%' IDENTIFIED WITH 'caching_sha2_password' AS 'hash'
                /*!*/;
                SET @@SESSION.GTID_NEXT= '%1$s:9'/*!*/;
                create table t (
                  drop_me int
                )
                /*!*/;
                """.formatted(UUID));
        assertThat(text.statements()).isEqualTo(Map.of("CREATE USER", 1L, "CREATE TABLE", 1L));
        assertThat(text.gtids()).isEqualTo(GtidSet.parse(UUID + ":8-9"));
    }
}
