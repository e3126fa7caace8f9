package dev.cotton.executor.role;

import dev.cotton.core.backup.BackupException;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStoreException;
import dev.cotton.core.storage.BackupStores;
import dev.cotton.core.wire.BackupManifest;
import dev.cotton.core.wire.TableCount;
import dev.cotton.core.wire.VerificationOrder;
import dev.cotton.core.wire.VerificationReport;
import dev.cotton.core.wire.VerificationReport.Phase;
import dev.cotton.executor.backup.StoredBackup;
import dev.cotton.executor.sql.Row;
import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.Sessions.Scope;
import dev.cotton.executor.sql.SqlFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One verification, from its order to its end, which the board tells of. For a thread of its own. */
final class VerificationRun {
    private static final Logger LOG = LoggerFactory.getLogger(VerificationRun.class);
    private static final Duration LONGEST_CHECK = Duration.ofHours(6);

    private final VerificationOrder order;
    private final StatusBoard board;
    private final BackupStores stores;
    private final Cancellation cancellation = new Cancellation();
    private final List<String> differences = new ArrayList<>();
    private int uncounted;
    private VerificationReport report;

    VerificationRun(VerificationOrder order, StatusBoard board, BackupStores stores) {
        this.order = order;
        this.board = board;
        this.stores = stores;
        this.report = VerificationReport.begun(order.id());
    }

    VerificationOrder order() {
        return order;
    }

    /** Ends it soon, if it is not over. */
    void cancel(String why) {
        cancellation.cancel(why);
    }

    /** Runs it on the mysqld that answers. */
    void run(Server server) {
        try {
            tell(report);
            BackupManifest manifest = manifest();
            cancellation.check();
            verify(server, manifest);
            tell(report.ended(Phase.DONE, ""));
            LOG.info("The data were compared with the backup {}: {} differences.", order.place(), differences.size());
        } catch (Cancellation.Cancelled end) {
            ended(Phase.CANCELLED, end.getMessage());
        } catch (SqlFailure | BackupException | BackupStoreException failure) {
            ended(Phase.FAILED, String.valueOf(failure.getMessage()));
        } catch (RuntimeException unexpected) {
            LOG.error("An unexpected error in a verification.", unexpected);
            ended(Phase.FAILED, "An unexpected error, see the executor's log: " + unexpected.getMessage());
        }
    }

    private void ended(Phase end, String sentence) {
        boolean cancelled = cancellation.cancelled();
        tell(report.ended(cancelled ? Phase.CANCELLED : end, cancelled ? cancellation.reason() : sentence));
    }

    private void tell(VerificationReport next) {
        report = next;
        board.update(picture -> picture.withVerification(next));
    }

    private BackupManifest manifest() {
        try (BackupStore store = stores.open(order.place().store())) {
            return StoredBackup.manifest(store, order.place());
        }
    }

    private void verify(Server server, BackupManifest manifest) {
        try (Session checking = server.sessions().open(Scope.THIS_SERVER, LONGEST_CHECK);
                Session counting =
                        server.sessions().open(Scope.THIS_SERVER, TableCounting.STATEMENT_LIMIT.multipliedBy(2))) {
            compareTransactions(checking, manifest);
            TableCounting counter = new TableCounting(counting, cancellation);
            counter.takeSnapshot();
            List<TableCount> present = counter.uncounted();
            TableComparison comparison = TableComparison.with(manifest);
            differences.addAll(
                    comparison.strangers(present.stream().map(TableCount::name).collect(Collectors.toSet())));
            Runnable kill = Connections.ending(server, checking);
            for (int i = 0; i < present.size(); i++) {
                TableCount table = present.get(i);
                cancellation.during(kill, () -> check(checking, table));
                comparison.of(table.name()).ifPresentOrElse(there -> compare(counter, there), () -> uncounted++);
                tell(new VerificationReport(
                        order.id(), Phase.CHECKING, i + 1, present.size(), uncounted, first(differences), ""));
            }
        }
    }

    private void compareTransactions(Session session, BackupManifest manifest) {
        GtidSet executed = GtidSet.parse(session.first("SELECT @@GLOBAL.gtid_executed AS executed")
                .orElseThrow()
                .text("executed"));
        if (!executed.contains(manifest.executed().atLeast())
                || !manifest.executed().atMost().contains(executed)) {
            differences.add("The transactions here are " + executed + ", and those of the backup "
                    + manifest.executed().atMost() + ".");
        }
    }

    private boolean check(Session session, TableCount table) {
        for (Row row : session.query("CHECK TABLE " + TableCounting.quoted(table.schema(), table.table()))) {
            String said = row.text("Msg_text");
            boolean fine = said.equals("OK") || row.text("Msg_type").equals("note");
            if (!fine) {
                differences.add(table.name() + ": CHECK TABLE says '" + said + "'.");
            }
        }
        return true;
    }

    private void compare(TableCounting counter, TableCount there) {
        Optional<TableCount.Rows> here = counter.counted(there.schema(), there.table(), there.part());
        here.ifPresentOrElse(
                rows -> TableComparison.difference(there, rows).ifPresent(differences::add), () -> uncounted++);
    }

    private static List<String> first(List<String> all) {
        return all.subList(0, Math.min(VerificationReport.MOST_DIFFERENCES, all.size()));
    }
}
