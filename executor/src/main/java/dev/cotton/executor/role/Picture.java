package dev.cotton.executor.role;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.wire.ArchiveReport;
import dev.cotton.core.wire.BackupReport;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Status.InForce;
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
        Optional<InForce> inForce,
        Reports reports) {
    /** An age that grows is news each time that it passes a whole second, from this age on. */
    private static final Duration NOTABLE_AGE = Duration.ofSeconds(2);

    private static final double NOTABLE_PROGRESS = 0.05;
    private static final double NOTABLE_FILLING = 0.05;

    /** How the latest order of each kind goes. */
    record Reports(
            Optional<BackupReport> backup, Optional<VerificationReport> verification, Optional<ArchiveReport> archive) {
        static final Reports NONE = new Reports(Optional.empty(), Optional.empty(), Optional.empty());

        private Reports inSteps() {
            return new Reports(
                    backup.map(BackupReport::inSteps),
                    verification.map(VerificationReport::inSteps),
                    archive.map(ArchiveReport::inSteps));
        }
    }

    Picture withData(Optional<Incarnation> next, boolean nextSure) {
        return new Picture(
                next, nextSure, lifecycle, detail, progress, highest, role, reached, mysql, usage, inForce, reports);
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
                inForce,
                reports);
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
                inForce,
                reports);
    }

    Picture withHighest(Stamp next) {
        return new Picture(
                incarnation, sure, lifecycle, detail, progress, next, role, reached, mysql, usage, inForce, reports);
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
                inForce,
                reports);
    }

    Picture withMysql(Optional<MysqlReport> next) {
        return new Picture(
                incarnation, sure, lifecycle, detail, progress, highest, role, reached, next, usage, inForce, reports);
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
                incarnation, sure, lifecycle, detail, progress, highest, role, reached, mysql, next, inForce, reports);
    }

    Picture withInForce(InForce next) {
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
                reports);
    }

    Picture withReports(Reports next) {
        return new Picture(
                incarnation, sure, lifecycle, detail, progress, highest, role, reached, mysql, usage, inForce, next);
    }

    Picture withBackup(BackupReport next) {
        return withReports(new Reports(Optional.of(next), reports.verification(), reports.archive()));
    }

    Picture withVerification(VerificationReport next) {
        return withReports(new Reports(reports.backup(), Optional.of(next), reports.archive()));
    }

    Picture withArchive(Optional<ArchiveReport> next) {
        return withReports(new Reports(reports.backup(), reports.verification(), next));
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
                inForce,
                reports.inSteps());
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
