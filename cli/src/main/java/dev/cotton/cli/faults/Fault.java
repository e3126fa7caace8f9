package dev.cotton.cli.faults;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Something that goes wrong, or is asked for, while clients write. */
public enum Fault {
    KILL_PRIMARY("The primary's mysqld is killed (SIGKILL).", Sign.ANOTHER_PRIMARY, Needs.NOTHING),
    KILL_REPLICA("A replica's mysqld is killed (SIGKILL).", Sign.SAME_PRIMARY, Needs.NOTHING),
    KILL_REPLICA_THEN_PRIMARY(
            "A replica's mysqld is killed, then at once the primary's.", Sign.WRITES, Needs.THREE_INSTANCES),
    HANG_PRIMARY(
            "The primary's mysqld hangs (SIGSTOP), and goes on (SIGCONT) once writes are back elsewhere.",
            Sign.ANOTHER_PRIMARY,
            Needs.NOTHING),
    REPLICA_DEAD(
            "A replica's mysqld is killed and its executor stopped, so that nobody starts it again until the cluster goes"
                    + " on without it.",
            Sign.SMALLER_SET,
            Needs.NOTHING),
    SWITCHOVER("A switchover is asked for.", Sign.ANOTHER_PRIMARY, Needs.NOTHING),
    STOP_POLITELY(
            "Somebody else stops the primary's mysqld politely (SIGTERM), as a service manager does.",
            Sign.ANOTHER_PRIMARY,
            Needs.NOTHING),
    ACCOUNT_STATEMENT(
            "The replicas hang while a CREATE USER waits for its acknowledgement; then the primary is killed and the"
                    + " replicas go on.",
            Sign.WRITES,
            Needs.NOTHING),
    SCHEDULER_KILLED(
            "The primary's mysqld is killed, and the scheduler as soon as it has noticed; the scheduler is started again.",
            Sign.WRITES,
            Needs.OWN_SCHEDULER),
    SCHEDULER_KILLED_CHOSEN(
            "The primary's mysqld is killed, and the scheduler once it has chosen the next primary and before it has named"
                    + " it; the scheduler is started again.",
            Sign.WRITES,
            Needs.OWN_SCHEDULER),
    SCHEDULER_KILLED_NAMED(
            "The primary's mysqld is killed, and the scheduler once it has named the next primary and before that one takes"
                    + " writes; the scheduler is started again.",
            Sign.ANOTHER_PRIMARY,
            Needs.OWN_SCHEDULER),
    ZOOKEEPER_STOPPED("ZooKeeper is stopped for ten seconds.", Sign.SAME_PRIMARY, Needs.OWN_SCHEDULER),
    ZOOKEEPER_STOPPED_PRIMARY_KILLED(
            "ZooKeeper is stopped for ten seconds, and after two of them the primary's mysqld is killed.",
            Sign.WRITES,
            Needs.OWN_SCHEDULER),
    EVERYTHING_KILLED(
            "ZooKeeper, the scheduler, every executor and every mysqld are killed; ZooKeeper and the scheduler are started"
                    + " again.",
            Sign.WRITES,
            Needs.OWN_SCHEDULER),
    ACCOUNT_STATEMENT_LOGINS(
            "The replicas are killed while a CREATE USER is on its way: it waits for an acknowledgement, and meanwhile"
                    + " nobody can log in at the primary, the returning replicas included.",
            Sign.WRITES,
            Needs.NOTHING),
    HOST_VANISHES(
            "The primary's host is cut off from everybody, its clients included, without a word to anyone; it comes back"
                    + " once writes are back elsewhere.",
            Sign.ANOTHER_PRIMARY,
            Needs.HOSTS),
    ISOLATED(
            "The primary's host is cut off from the scheduler and from the replicas. Its clients still reach it, and go on"
                    + " asking it to write until two seconds after writes are back elsewhere.",
            Sign.ANOTHER_PRIMARY,
            Needs.HOSTS),
    REPLICATION_ONLY(
            "The primary's host is cut off from the replicas only. The scheduler and its clients still reach it.",
            Sign.ANOTHER_PRIMARY,
            Needs.HOSTS),
    CUT_FROM_SCHEDULER(
            "The primary's host is cut off from the scheduler only, for six seconds. Its replicas say that it is alive, so"
                    + " nothing may happen.",
            Sign.SAME_PRIMARY,
            Needs.HOSTS),
    REPLICA_ISOLATED("A replica's host is cut off from everybody for six seconds.", Sign.SAME_PRIMARY, Needs.HOSTS),
    REPLICAS_ISOLATED(
            "The hosts of all replicas are cut off from everybody until the primary goes on without them.",
            Sign.SMALLER_SET,
            Needs.HOSTS),
    DISK_FULL("The primary's disk is full, until writes are back elsewhere.", Sign.ANOTHER_PRIMARY, Needs.DISK),
    DISK_FROZEN(
            "The primary's file system is frozen, so that every write to it waits, until writes are back elsewhere.",
            Sign.ANOTHER_PRIMARY,
            Needs.DISK),
    DISK_STUCK(
            "The primary's disk takes what is written and never reports that it is safe, until writes are back elsewhere.",
            Sign.ANOTHER_PRIMARY,
            Needs.DISK),
    DISK_READ_ONLY(
            "The primary's file system reports an error and can only be read from then on. Once writes are back elsewhere, the"
                    + " instance and the scheduler are killed, the file system is mended, and they are started again.",
            Sign.ANOTHER_PRIMARY,
            Needs.DISK);

    private final String description;
    private final Sign sign;
    private final Needs needs;

    Fault(String description, Sign sign, Needs needs) {
        this.description = description;
        this.sign = sign;
        this.needs = needs;
    }

    /** What shows that a fault has had its effect; that writes are back goes without saying. */
    public enum Sign {
        ANOTHER_PRIMARY,
        SMALLER_SET,
        /** Nothing; and afterwards the primary is the one that it was, without a failover in between. */
        SAME_PRIMARY,
        /** Nothing, and either primary is right. */
        WRITES
    }

    /** Without what a fault cannot be injected. */
    public enum Needs {
        NOTHING("nothing"),
        THREE_INSTANCES("at least three instances"),
        OWN_SCHEDULER("a scheduler of the drill's own"),
        HOSTS("hosts of the drill's own"),
        DISK("a disk of the drill's own");

        private final String words;

        Needs(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    public String description() {
        return description;
    }

    public Sign sign() {
        return sign;
    }

    public Needs needs() {
        return needs;
    }

    /** Whether it needs hosts or a disk that can break. */
    public boolean breaksMachines() {
        return needs == Needs.HOSTS || needs == Needs.DISK;
    }

    /** As people write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For the parser. */
    public static final class Parser implements ITypeConverter<Fault> {
        @Override
        public Fault convert(String text) {
            return Arrays.stream(values())
                    .filter(fault -> fault.toString().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "one of " + Arrays.toString(values()) + ", not '" + text + "'."));
        }
    }

    /** For completion. */
    public static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(values()).map(Fault::toString).iterator();
        }
    }
}
