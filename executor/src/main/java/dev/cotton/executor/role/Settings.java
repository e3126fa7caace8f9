package dev.cotton.executor.role;

import dev.cotton.core.model.MysqlOptions;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Status.InForce;
import dev.cotton.executor.server.OptionFile;
import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.SqlFailure;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a running mysqld go by a setup that came after its start. For the reconciler's thread. */
final class Settings {
    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

    private final StatusBoard board;

    Settings(StatusBoard board) {
        this.board = board;
    }

    /** Takes effect at once; options that mysqld refuses are as they were, and are tried again. */
    void keep(Setup setup, Session session) {
        Optional<InForce> now = board.picture().inForce();
        if (now.equals(Optional.of(new InForce(setup.durability(), setup.options())))) {
            return;
        }
        session.execute("SET GLOBAL sync_relay_log = " + OptionFile.syncRelayLog(setup.durability()));
        Map<String, String> options = now.map(InForce::options).orElse(Map.of());
        try {
            session.execute(statement(setup));
            options = setup.options();
        } catch (SqlFailure refused) {
            LOG.warn("mysqld goes on with its former options: {}", refused.getMessage());
        }
        InForce kept = new InForce(setup.durability(), options);
        board.update(picture -> picture.withInForce(kept));
    }

    private static String statement(Setup setup) {
        return MysqlOptions.atRuntime(MysqlOptions.checked(setup.options())).entrySet().stream()
                .map(option -> "GLOBAL " + option.getKey() + " = " + option.getValue())
                .collect(Collectors.joining(", ", "SET ", ""));
    }
}
