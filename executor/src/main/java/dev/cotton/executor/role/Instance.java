package dev.cotton.executor.role;

import dev.cotton.core.model.Member;
import dev.cotton.core.model.MysqlOptions;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.core.storage.BackupStores;
import dev.cotton.core.wire.Answer;
import dev.cotton.core.wire.ArchiveOrder;
import dev.cotton.core.wire.ArchivePiece;
import dev.cotton.core.wire.ArchivePlace;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.BackupId;
import dev.cotton.core.wire.BackupOrder;
import dev.cotton.core.wire.BackupPlace;
import dev.cotton.core.wire.DataKey;
import dev.cotton.core.wire.ExecutorConfig;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Status;
import dev.cotton.core.wire.Status.RoleReport;
import dev.cotton.core.wire.Trust;
import dev.cotton.core.wire.VerificationOrder;
import dev.cotton.executor.quarantine.Quarantine;
import dev.cotton.executor.quarantine.QuarantineFolder;
import dev.cotton.executor.server.BootDoubt;
import dev.cotton.executor.server.DataFolder;
import dev.cotton.executor.server.Sandbox;
import dev.cotton.executor.server.StateFile;
import dev.cotton.executor.server.Templates;
import dev.cotton.executor.sql.Connector;
import dev.cotton.executor.sql.OwnAccounts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One instance of a cluster: takes the scheduler's orders, carries them out, and tells how it is. Thread-safe. */
public final class Instance implements AutoCloseable {
    /** What the reconciler may take for the step that it is at when it is to end. */
    private static final Duration LAST_STEP = Duration.ofSeconds(3);

    private final DataFolder folder;
    private final Signal wake = new Signal();
    private final SchedulerContact contact = new SchedulerContact();
    private final OrderBook book;
    private final StatusBoard board;
    private final Supervisor supervisor;
    private final Observer observer;
    private final Heartbeat heartbeat;
    private final Housekeeping housekeeping;
    private final Preparation preparation;
    private final Reconciler reconciler;
    private final DemotionWatch demotions;
    private final SourceWatch source;
    private final Backups backups;
    private final Verifications verifications;
    private final Archives archives;
    private List<Thread> threads = List.of();

    /**
     * @param sandbox that the executor lives in, if somebody limits it
     * @param version of this executor
     */
    public Instance(
            ExecutorConfig config,
            DataFolder folder,
            Optional<Sandbox> sandbox,
            Connector connector,
            BackupStores stores,
            String version) {
        this.folder = folder;
        book = new OrderBook(new StateFile<>(folder.state().resolve("orders.json"), Orders.class));
        board = new StatusBoard(config.instance(), version, BootDoubt.hostBootId());
        supervisor = new Supervisor(config, folder, connector, board, this::mysqldLost);
        heartbeat = new Heartbeat(board, supervisor::server);
        source = new SourceWatch(board);
        observer = new Observer(board, supervisor::server, heartbeat::age, source);
        archives = new Archives(folder, board, stores, supervisor::server);
        housekeeping = new Housekeeping(config, folder, sandbox, board, supervisor::server, archives::covered);
        Templates templates = new Templates(
                Path.of(config.templates()), Path.of(config.programs().mysqld()));
        CloneSteps clone = new CloneSteps(supervisor, folder, board, this::wanted);
        RestoreSteps restore = new RestoreSteps(supervisor, folder, board, stores, this::wanted);
        preparation = new Preparation(folder, templates, clone, restore, board);
        ApplierPause pause = new ApplierPause();
        Primacy primacy = new Primacy();
        demotions = new DemotionWatch(book, supervisor, primacy);
        Quarantine quarantine = new Quarantine(
                folder,
                QuarantineFolder.of(config),
                config.instance(),
                Path.of(config.programs().mysqlbinlog()));
        Emptying emptying = new Emptying(new Emptying.Parts(book, supervisor, preparation, board, folder, quarantine));
        RoleSteps roleSteps = new RoleSteps(supervisor, observer, primacy, folder.authority());
        reconciler = new Reconciler(new Reconciler.Parts(
                book, supervisor, preparation, observer, board, contact, wake, primacy, emptying, roleSteps, pause));
        backups = new Backups(
                new BackupRun.Parts(config.instance(), folder, board, stores, pause, supervisor::server, wake::raise));
        verifications = new Verifications(board, stores, supervisor::server);
    }

    /** Begins to work, on threads of its own. */
    public synchronized void start() {
        ordered();
        backups.clean();
        threads = List.of(
                Thread.ofVirtual().name("reconciler").start(reconciler),
                Thread.ofVirtual().name("observer").start(observer),
                Thread.ofVirtual().name("answers").start(observer::watchForAnswers),
                Thread.ofVirtual().name("heartbeat").start(heartbeat),
                Thread.ofVirtual().name("demotions").start(demotions),
                Thread.ofVirtual().name("source").start(source),
                Thread.ofVirtual().name("housekeeping").start(housekeeping));
    }

    /**
     * Stops working, and mysqld: by the stop routine, and with SIGKILL once {@code grace} is over. Orders are taken to disk
     * after that and not carried out. Returns when mysqld is gone.
     */
    public synchronized void end(Duration grace) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        closeTasks();
        threads.forEach(Thread::interrupt);
        boolean alone = reconcilerEnds(LAST_STEP.compareTo(grace) < 0 ? LAST_STEP : grace);
        threads = List.of();
        Optional<Setup> setup = alone ? book.orders().setup() : Optional.empty();
        supervisor.end(setup, Duration.ofNanos(deadline - System.nanoTime()));
        board.update(picture -> picture.withLifecycle(Lifecycle.STOPPED, "mysqld was stopped, and its executor ends."));
    }

    private void closeTasks() {
        backups.close();
        verifications.close();
        archives.close();
    }

    private boolean reconcilerEnds(Duration limit) throws InterruptedException {
        return threads.isEmpty() || threads.getFirst().join(limit);
    }

    /** Stops working; mysqld is left as it is. */
    @Override
    public synchronized void close() {
        closeTasks();
        threads.forEach(Thread::interrupt);
        threads = List.of();
        supervisor.close();
    }

    /** @throws IllegalArgumentException naming the field that is wrong; nothing was changed */
    public Answer setup(Setup setup) {
        if (setup.slot() < 0 || setup.slot() >= Member.SLOTS) {
            throw new IllegalArgumentException("slot: from 0 to " + (Member.SLOTS - 1) + ", not " + setup.slot() + ".");
        }
        OwnAccounts.check(setup.accounts().root());
        MysqlOptions.checked(setup.options());
        if (setup.source() instanceof Setup.Backup source) {
            check(source.place());
            source.key().bytes();
            source.replay().ifPresent(replay -> check(replay.archive(), replay.key()));
        }
        return told(book.setup(setup));
    }

    /** Takes the role to disk, then works on it. */
    public Answer assign(Assignment assignment) {
        return told(book.assign(assignment));
    }

    /**
     * Begins a backup, unless it was begun before.
     *
     * @throws IllegalArgumentException naming the field that is wrong; nothing was begun
     */
    public Answer backup(BackupOrder order) {
        check(order.place());
        order.key().bytes();
        return backups.order(order, book.orders().highest());
    }

    private static void check(BackupPlace place) {
        if (!ObjectKey.isKey(place.dataObject())) {
            throw new IllegalArgumentException("place.prefix: it cannot begin the key of an object.");
        }
    }

    /**
     * Begins to keep an archive of the binary logs, unless that was begun before.
     *
     * @throws IllegalArgumentException naming the field that is wrong; nothing was begun
     */
    public Answer archive(ArchiveOrder order) {
        check(order.place(), order.key());
        return archives.order(order, book.orders().highest());
    }

    private static void check(ArchivePlace place, DataKey key) {
        if (!ObjectKey.isKey(ArchivePiece.data(place, new UUID(0, 0).toString(), "binlog.999999999", 0, 0))) {
            throw new IllegalArgumentException("place.prefix: it cannot begin the key of an object.");
        }
        key.bytes();
    }

    /** Ends the archive, if there is one. */
    public void stopArchive() {
        archives.stop();
    }

    /** Ends that backup, if it is being made. */
    public void cancelBackup(BackupId id) {
        backups.cancel(id);
    }

    /**
     * Begins to compare the data with a backup's manifest, unless that was begun before.
     *
     * @throws IllegalArgumentException naming the field that is wrong; nothing was begun
     */
    public Answer verify(VerificationOrder order) {
        check(order.place());
        return verifications.order(order, book.orders().highest());
    }

    /** Ends that verification, if it is under way. */
    public void cancelVerification(BackupId id) {
        verifications.cancel(id);
    }

    /** Counts the relay log again, if {@code trust} names the present boot of the host. */
    public Answer trust(Trust trust) {
        Answer answer = book.trust(trust);
        if (answer.accepted() && folder.hasData()) {
            new BootDoubt(folder).trust(trust.bootId());
            preparation.show();
        }
        return told(answer);
    }

    /** The status, as soon as its revision is another one than {@code after} or {@code limit} is over. */
    public Status await(long after, Duration limit) throws InterruptedException {
        return board.await(after, limit);
    }

    /** The status now. */
    public Status status() {
        return board.status();
    }

    /** Where every request of a scheduler is to be noted. */
    public SchedulerContact contact() {
        return contact;
    }

    /** The server's certificate was renewed: mysqld takes it for new connections. */
    public void reloadCertificate() {
        supervisor.server().ifPresent(server -> supervisor.reloadCertificate());
    }

    private Answer told(Answer answer) {
        if (answer.accepted()) {
            ordered();
        }
        return answer;
    }

    private void ordered() {
        Orders orders = book.orders();
        orders.assignment().ifPresent(backups::ordered);
        orders.assignment().ifPresent(verifications::ordered);
        orders.assignment().ifPresent(archives::ordered);
        board.update(picture -> {
            Picture noted = picture.withHighest(orders.highest());
            return orders.assignment()
                    .filter(assignment -> picture.role()
                            .filter(report -> report.stamp().equals(assignment.stamp())
                                    && report.role().equals(assignment.role()))
                            .isEmpty())
                    .map(assignment -> noted.withRole(
                            Optional.of(new RoleReport(assignment.stamp(), assignment.role(), false, "")),
                            Optional.empty()))
                    .orElse(noted);
        });
        wake.raise();
        demotions.ordered();
    }

    private void mysqldLost() {
        reconciler.roleLost();
    }

    private boolean wanted(Setup setup) {
        Orders orders = book.orders();
        boolean same = orders.setup().map(Setup::source).equals(Optional.of(setup.source()));
        return same && !orders.stopped();
    }
}
