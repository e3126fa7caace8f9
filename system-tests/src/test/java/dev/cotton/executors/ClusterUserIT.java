package dev.cotton.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.cotton.mysql.TestMysql;
import dev.cotton.testing.executor.TestInstances;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the owner of a cluster may do with it, and what would break the promise that no acknowledged commit is lost. */
final class ClusterUserIT {
    /** Denied for lack of a privilege, in its several forms. */
    private static final Set<Integer> DENIED =
            Set.of(1044, 1045, 1095, 1142, 1227, 1370, 1410, 1419, 1445, 3530, 3619, 3630, 3879, 3929, 4038);

    @TempDir
    private static Path temporary;

    private static TestInstances instances;
    private static Client client;

    @BeforeAll
    static void start() throws SQLException {
        instances = new TestInstances(temporary, TestMysql.programs()).addFromTemplate(1);
        instances.establish(0, TestInstances.primary(0));
        client = Client.of(instances.executor(0));
        client.execute("CREATE DATABASE shop");
        client.execute("CREATE TABLE shop.orders (id INT PRIMARY KEY)");
    }

    @AfterAll
    static void stop() {
        instances.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE DATABASE other",
                "INSERT INTO shop.orders VALUES (1)",
                "CREATE VIEW shop.few AS SELECT * FROM shop.orders LIMIT 1",
                "CREATE PROCEDURE shop.nothing() SELECT 1",
                "CREATE FUNCTION shop.one() RETURNS INT DETERMINISTIC RETURN 1",
                "CREATE TRIGGER shop.before_insert BEFORE INSERT ON shop.orders FOR EACH ROW SET NEW.id = NEW.id",
                "CREATE EVENT shop.never ON SCHEDULE EVERY 1 YEAR DO SELECT 1",
                "CREATE USER reader@'%' IDENTIFIED BY 'secret'",
                "GRANT SELECT ON shop.* TO app@'%'",
                "CREATE ROLE accounting",
                "GRANT SELECT, INSERT ON *.* TO accounting",
                "ALTER USER app@'%' COMMENT 'mine'",
                "SHOW PROCESSLIST",
                "SHOW REPLICA STATUS",
                "SELECT @@GLOBAL.gtid_executed",
                "SET SESSION sql_mode = 'ANSI'",
                "LOCK TABLES shop.orders READ",
                "UNLOCK TABLES",
                "CREATE TEMPORARY TABLE shop.short (id INT)",
                "XA RECOVER",
                "ANALYZE TABLE shop.orders",
                "OPTIMIZE TABLE shop.orders",
                "CREATE DEFINER = reader@'%' VIEW shop.orphan AS SELECT 1",
                "DROP DATABASE IF EXISTS other"
            })
    void mayWorkWithDataSchemasAndUsers(String sql) {
        assertThatCode(() -> client.execute(sql)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET GLOBAL read_only = OFF",
                "SET GLOBAL super_read_only = ON",
                "SET GLOBAL offline_mode = ON",
                "SET PERSIST super_read_only = ON",
                "SET PERSIST_ONLY read_only = OFF",
                "SET GLOBAL rpl_semi_sync_source_enabled = OFF",
                "SET GLOBAL rpl_semi_sync_source_timeout = 1",
                "SET GLOBAL rpl_semi_sync_source_wait_for_replica_count = 1",
                "SET GLOBAL rpl_semi_sync_source_wait_no_replica = OFF",
                "SET GLOBAL rpl_semi_sync_replica_enabled = OFF",
                "SET GLOBAL gtid_mode = OFF_PERMISSIVE",
                "SET GLOBAL gtid_purged = ''",
                "SET GLOBAL sync_binlog = 0",
                "SET GLOBAL innodb_flush_log_at_trx_commit = 0",
                "SET GLOBAL max_connections = 1",
                "SET GLOBAL require_secure_transport = OFF",
                "SET GLOBAL partial_revokes = OFF",
                "SET GLOBAL init_connect = 'SELECT 1'",
                "SET GLOBAL binlog_format = STATEMENT",
                "SET SESSION sql_log_bin = 0",
                "SET SESSION gtid_next = '6e81e9c2-e685-11f1-acff-02fc00000001:1'",
                "SET SESSION binlog_format = STATEMENT",
                "SET SESSION pseudo_replica_mode = ON",
                "ALTER USER cotton_admin@'127.0.0.1' IDENTIFIED BY 'mine'",
                "ALTER USER cotton_repl_1@'%' ACCOUNT UNLOCK",
                "ALTER USER cotton_clone@'%' IDENTIFIED BY 'mine'",
                "DROP USER cotton_repl_1@'%'",
                "RENAME USER cotton_repl_1@'%' TO mine@'%'",
                "GRANT SELECT ON shop.* TO cotton_repl_1@'%'",
                "GRANT SYSTEM_USER ON *.* TO app@'%'",
                "GRANT SUPER ON *.* TO app@'%'",
                "GRANT CONNECTION_ADMIN ON *.* TO app@'%'",
                "GRANT SYSTEM_VARIABLES_ADMIN ON *.* TO app@'%'",
                "GRANT ALL ON *.* TO app@'%'",
                "GRANT SELECT ON mysql.* TO app@'%'",
                "GRANT INSERT ON cotton.* TO app@'%'",
                "GRANT 'cotton_admin'@'127.0.0.1' TO app@'%'",
                "SET ROLE cotton_admin@'127.0.0.1'",
                "SET PASSWORD FOR cotton_repl_1@'%' = 'mine'",
                "STOP REPLICA",
                "START REPLICA",
                "RESET REPLICA ALL",
                "CHANGE REPLICATION SOURCE TO SOURCE_HOST = 'elsewhere'",
                "CHANGE REPLICATION FILTER REPLICATE_DO_DB = (shop)",
                "RESET BINARY LOGS AND GTIDS",
                "PURGE BINARY LOGS BEFORE NOW()",
                "FLUSH BINARY LOGS",
                "FLUSH PRIVILEGES",
                "FLUSH TABLES WITH READ LOCK",
                "LOCK INSTANCE FOR BACKUP",
                "CLONE LOCAL DATA DIRECTORY = '/tmp/nothing'",
                "CLONE INSTANCE FROM cotton_clone@'127.0.0.1':3306 IDENTIFIED BY 'x'",
                "SHUTDOWN",
                "RESTART",
                "INSTALL PLUGIN clone SONAME 'mysql_clone.so'",
                "UNINSTALL PLUGIN rpl_semi_sync_source",
                "INSTALL COMPONENT 'file://component_reference_cache'",
                "CREATE FUNCTION sys_exec RETURNS INTEGER SONAME 'x.so'",
                "CREATE TABLESPACE mine ADD DATAFILE 'mine.ibd'",
                "ALTER INSTANCE RELOAD TLS",
                "ALTER INSTANCE DISABLE INNODB REDO_LOG",
                "CREATE SERVER mine FOREIGN DATA WRAPPER mysql OPTIONS (HOST 'elsewhere')",
                "UPDATE mysql.user SET account_locked = 'N'",
                "SELECT * FROM mysql.user",
                "SELECT * FROM mysql.slave_master_info",
                "DELETE FROM mysql.slave_master_info",
                "INSERT INTO mysql.db SELECT * FROM mysql.db",
                "CREATE TABLE mysql.mine (id INT)",
                "DROP TABLE mysql.plugin",
                "UPDATE cotton.heartbeat SET made = NOW()",
                "DROP DATABASE cotton",
                "CREATE TABLE cotton.mine (id INT)",
                "LOCK TABLES cotton.heartbeat WRITE",
                "CREATE TRIGGER cotton.mine BEFORE UPDATE ON cotton.heartbeat FOR EACH ROW SET NEW.made = NULL",
                "SELECT LOAD_FILE('/etc/passwd') INTO OUTFILE '/tmp/nothing'",
                "LOAD DATA INFILE '/etc/passwd' INTO TABLE shop.orders",
                "CREATE DEFINER = cotton_admin@'127.0.0.1' PROCEDURE shop.trick() SET GLOBAL read_only = OFF",
                "CREATE DEFINER = 'mysql.session'@'localhost' PROCEDURE shop.trick() SET GLOBAL read_only = OFF",
                "CREATE DEFINER = cotton_admin@'127.0.0.1' EVENT shop.trick ON SCHEDULE EVERY 1 SECOND DO"
                        + " SET GLOBAL read_only = OFF",
                "CREATE DEFINER = cotton_admin@'127.0.0.1' VIEW shop.trick AS SELECT * FROM mysql.user",
                "BINLOG 'AAAA'"
            })
    void mayNotTouchWhatThePromiseRestsOn(String sql) {
        assertThat(refusal(() -> client.execute(sql))).as(sql).isIn(DENIED);
    }

    private interface Attempt {
        void make() throws SQLException;
    }

    /** MySQL's error number; 0 when the attempt succeeded. */
    private static int refusal(Attempt attempt) {
        try {
            attempt.make();
            return 0;
        } catch (SQLException refused) {
            return refused.getErrorCode();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "cotton_admin")
    void mayNotEndTheConnectionsOfCotton(String user) throws SQLException {
        String id = client.ask("SELECT id FROM information_schema.processlist WHERE user = '" + user + "' LIMIT 1");
        assertThat(id).isNotEmpty();
        assertThat(refusal(() -> client.execute("KILL " + id))).as(user).isIn(DENIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "cotton_admin", "cotton_clone"})
    void nobodyElseLogsInWithAnEmptyPassword(String user) {
        assertThat(refusal(() -> Client.of(instances.executor(0), user, "", Duration.ofSeconds(10))))
                .as(user)
                .isEqualTo(1045);
    }
}
