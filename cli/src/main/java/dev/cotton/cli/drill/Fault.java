package dev.cotton.cli.drill;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Something that goes wrong, or is asked for, while clients write. */
enum Fault {
    KILL_PRIMARY("The primary's mysqld is killed (SIGKILL).", Sign.ANOTHER_PRIMARY),
    KILL_REPLICA_THEN_PRIMARY("A replica's mysqld is killed, then at once the primary's.", Sign.ANOTHER_PRIMARY),
    HANG_PRIMARY("The primary's mysqld hangs (SIGSTOP) until writes are back.", Sign.ANOTHER_PRIMARY),
    SWITCHOVER("A switchover is asked for.", Sign.ANOTHER_PRIMARY),
    REPLICA_DEAD("A replica's mysqld is killed and its executor stopped until writes are back.", Sign.SMALLER_SET),
    SCHEDULER_KILLED(
            "The primary's mysqld is killed, and the scheduler as soon as it says that it has noticed; the scheduler is"
                    + " started again.",
            Sign.WRITES),
    EVERYTHING_KILLED(
            "Every mysqld, every executor and the scheduler are killed; the scheduler is started again.", Sign.WRITES),
    STOP_POLITELY("The primary's mysqld is asked to stop by somebody else (SIGTERM).", Sign.ANOTHER_PRIMARY);

    private final String description;
    private final Sign sign;

    Fault(String description, Sign sign) {
        this.description = description;
        this.sign = sign;
    }

    /** What shows that a fault has had its effect; that writes are back goes without saying. */
    enum Sign {
        ANOTHER_PRIMARY,
        SMALLER_SET,
        WRITES
    }

    String description() {
        return description;
    }

    Sign sign() {
        return sign;
    }

    /** As people write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For the parser. */
    static final class Parser implements ITypeConverter<Fault> {
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
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(values()).map(Fault::toString).iterator();
        }
    }
}
