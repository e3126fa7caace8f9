package dev.cotton.cli.faults;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Something that goes wrong, or is asked for, while clients write. */
public enum Fault {
    KILL_PRIMARY("The primary's mysqld is killed (SIGKILL).", Sign.ANOTHER_PRIMARY, Needs.NOTHING),
    KILL_REPLICA("A replica's mysqld is killed (SIGKILL).", Sign.WRITES, Needs.NOTHING),
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
    ZOOKEEPER_STOPPED("ZooKeeper is stopped for ten seconds.", Sign.WRITES, Needs.OWN_SCHEDULER),
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
            Needs.NOTHING);

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
        WRITES
    }

    /** Without what a fault cannot be injected. */
    public enum Needs {
        NOTHING("nothing"),
        THREE_INSTANCES("at least three instances"),
        OWN_SCHEDULER("a scheduler of the drill's own");

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
