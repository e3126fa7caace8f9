package dev.cotton.testing.simulation;

import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.MysqlReport.Replication;
import dev.cotton.core.wire.MysqlReport.SemiSync;
import dev.cotton.core.wire.Status;
import java.time.Duration;
import java.util.Optional;

/** What an executor says of itself and its mysqld. */
final class Reporting {
    private static final long HANGS = 2_000;

    private final Timeline timeline;
    private final SimulatedInstance instance;
    private final SimulatedMysqld mysqld;
    private final Contact contact;

    Reporting(Timeline timeline, World world, SimulatedInstance instance) {
        this.timeline = timeline;
        this.instance = instance;
        this.mysqld = instance.mysqld();
        this.contact = new Contact(timeline, world, mysqld);
    }

    Status status(long revision, Lifecycle lifecycle, Establishing establishing) {
        return new Status(
                instance.id,
                revision,
                "simulated",
                instance.host().bootId(),
                Duration.ofMillis(timeline.now()),
                instance.data(),
                instance.sure(),
                unresponsive() ? Lifecycle.UNRESPONSIVE : lifecycle,
                "",
                Optional.empty(),
                instance.book().highest(),
                instance.book()
                        .assigned()
                        .map(now -> new Status.RoleReport(now.stamp(), now.role(), establishing.established(), "")),
                mysqld.up() && !unresponsive() ? Optional.of(mysql(establishing)) : Optional.empty(),
                Status.Usage.NONE,
                instance.book().inForce(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private boolean unresponsive() {
        return mysqld.up() && !mysqld.responds() && timeline.now() - mysqld.hungAt() > HANGS;
    }

    private MysqlReport mysql(Establishing establishing) {
        return new MysqlReport(
                "9.7.4",
                Position.uuid(mysqld.uuid()),
                !mysqld.writable(),
                !mysqld.writable(),
                mysqld.executed().gtids(),
                mysqld.received().gtids(),
                establishing.reached().map(Position::gtids),
                mysqld.heartbeatAge().map(Duration::ofMillis),
                replication(),
                new SemiSync(
                        mysqld.ackCount() > 0,
                        mysqld.ackCount(),
                        mysqld.dumpThreads().clients(),
                        mysqld.receiver().acks(),
                        mysqld.waiting()),
                mysqld.dumpThreads().attachedSlots());
    }

    private Optional<Replication> replication() {
        String receiver = mysqld.receiver().attached() ? "ON" : "CONNECTING";
        return mysqld.receiver()
                .source()
                .map(source -> new Replication(
                        "", receiver, true, "", "", contact.silence(), contact.sinceReceived(), Optional.empty()));
    }
}
