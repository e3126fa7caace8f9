package dev.cotton.executor.role;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.wire.BackupReport;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Status.RoleReport;
import dev.cotton.core.wire.Status.Room;
import dev.cotton.core.wire.Status.Usage;
import dev.cotton.core.wire.VerificationReport;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known at one instant; see {@link dev.cotton.core.wire.Status} for the meaning of each part.
 *
 * @param reached what the primary had reached when {@code role} was established
 * @param mysql without {@code reached}
 */
record Picture(
        Optional<Incarnation> incarnation,
        boolean sure,
        Lifecycle lifecycle,
        String detail,
        Optional<Double> progress,
        Stamp highest,
        Optional<RoleReport> role,
        Optional<GtidSet> reached,
        Optional<MysqlReport> mysql,
        Usage usage,
        Optional<Durability> durability,
        Optional<BackupReport> backup,
        Optional<VerificationReport> verification) {
    /** An age that grows is news each time that it passes a whole second, from this age on. */
    private static final Duration NOTABLE_AGE = Duration.ofSeconds(2);

    private static final double NOTABLE_PROGRESS = 0.05;
    private static final double NOTABLE_FILLING = 0.05;

    Picture withData(Optional<Incarnation> next, boolean nextSure) {
        return new Picture(
                next,
                nextSure,
                lifecycle,
                detail,
                progress,
                highest,
                role,
                reached,
                mysql,
                usage,
                durability,
                backup,
                verification);
    }

    Picture withLifecycle(Lifecycle next, String sentence) {
        return new Picture(
                incarnation,
                sure,
                next,
                sentence,
                Optional.empty(),
                highest,
                role,
                reached,
                mysql,
                usage,
                durability,
                backup,
                verification);
    }

    Picture withProgress(double next) {
        return new Picture(
                incarnation,
                sure,
                lifecycle,
                detail,
                Optional.of(next),
                highest,
                role,
                reached,
                mysql,
                usage,
                durability,
                backup,
                verification);
    }

    Picture withHighest(Stamp next) {
        return new Picture(
                incarnation,
                sure,
                lifecycle,
                detail,
                progress,
                next,
                role,
                reached,
                mysql,
                usage,
                durability,
                backup,
                verification);
    }

    /** Another role, or the same with another report on it; what was reached goes with it. */
    Picture withRole(Optional<RoleReport> next, Optional<GtidSet> nextReached) {
        return new Picture(
                incarnation,
                sure,
                lifecycle,
                detail,
                progress,
                highest,
                next,
                nextReached,
                mysql,
                usage,
                durability,
                backup,
                verification);
    }

    Picture withMysql(Optional<MysqlReport> next) {
        return new Picture(
                incarnation,
                sure,
                lifecycle,
                detail,
                progress,
                highest,
                role,
                reached,
                next,
                usage,
                durability,
                backup,
                verification);
    }

    /** The same report with ages as they are now. */
    Picture withAges(Optional<Duration> heartbeat, SourceWatch.Ages source) {
        return withMysql(mysql.map(report -> aged(report, heartbeat, source)));
    }

    private static MysqlReport aged(MysqlReport report, Optional<Duration> heartbeat, SourceWatch.Ages source) {
        return report.withHeartbeatAge(heartbeat)
                .withReplication(report.replication()
                        .map(state -> state.withAges(source.silence(), source.sinceReceived(), state.lag())));
    }

    Picture withUsage(Usage next) {
        return new Picture(
                incarnation,
                sure,
                lifecycle,
                detail,
                progress,
                highest,
                role,
                reached,
                mysql,
                next,
                durability,
                backup,
                verification);
    }

    Picture withDurability(Durability next) {
        return new Picture(
                incarnation,
                sure,
                lifecycle,
                detail,
                progress,
                highest,
                role,
                reached,
                mysql,
                usage,
                Optional.of(next),
                backup,
                verification);
    }

    Picture withBackup(BackupReport next) {
        return new Picture(
                incarnation,
                sure,
                lifecycle,
                detail,
                progress,
                highest,
                role,
                reached,
                mysql,
                usage,
                durability,
                Optional.of(next),
                verification);
    }

    Picture withVerification(VerificationReport next) {
        return new Picture(
                incarnation,
                sure,
                lifecycle,
                detail,
                progress,
                highest,
                role,
                reached,
                mysql,
                usage,
                durability,
                backup,
                Optional.of(next));
    }

    /** What is told to mysqld's report before it goes out. */
    Optional<MysqlReport> fullMysql() {
        return mysql.map(report -> report.withReached(reached));
    }

    /** The same, without differences that are not worth an answer to a long poll: fresh ages, memory, a little disk. */
    Picture notable() {
        return new Picture(
                incarnation,
                sure,
                lifecycle,
                detail,
                progress.map(value -> Math.floor(value / NOTABLE_PROGRESS)),
                highest,
                role,
                reached,
                mysql.map(Picture::notable),
                new Usage(
                        usage.processId(),
                        usage.restarts(),
                        Usage.NONE.memory(),
                        notable(usage.disk()).used(),
                        Usage.NONE.diskFree(),
                        usage.sandbox().map(Picture::notable)),
                durability,
                backup.map(BackupReport::inSteps),
                verification.map(VerificationReport::inSteps));
    }

    /** How full it is, in steps. */
    private static Room notable(Room room) {
        return new Room(new DataSize((long) (room.fullness() / NOTABLE_FILLING)), new DataSize(0));
    }

    private static MysqlReport notable(MysqlReport report) {
        return report.withReached(Optional.empty())
                .withHeartbeatAge(report.heartbeatAge().map(Picture::notable))
                .withReplication(report.replication()
                        .map(state -> state.withAges(
                                state.silence().map(Picture::notable),
                                state.sinceReceived().map(Picture::notable),
                                state.lag().map(Picture::notable))));
    }

    private static Duration notable(Duration age) {
        return age.compareTo(NOTABLE_AGE) < 0 ? Duration.ZERO : Duration.ofSeconds(age.toSeconds());
    }
}
