package dev.cotton.cli;

/** How a command ended, as the number that it exits with. Numbers never change their meaning. */
public enum ExitCode {
    /** Done. */
    OK(0, "done"),
    /** Tried and failed. */
    FAILED(1, "failed; the message says why"),
    /** The command line, or a value on it, is wrong. */
    USAGE(2, "the command line, or a value in it, is wrong; nothing was changed"),
    /** There is no such cluster, instance or operation. */
    NOT_FOUND(3, "no such cluster, instance or operation"),
    /** It cannot be done in the present state. */
    CONFLICT(4, "not possible in the present state, for instance because the name is taken"),
    /** No scheduler answers. */
    UNREACHABLE(5, "no scheduler answers, or it is not ready"),
    /** It did not happen in time; it may still happen. */
    TIMEOUT(6, "it did not happen in time, and may still happen"),
    /** The scheduler, or the Mesos master, refused for want of a right. */
    FORBIDDEN(7, "the API token, the password or the login at Mesos is missing or wrong"),
    /** A signal ended it. */
    INTERRUPTED(130, "interrupted by Ctrl-C");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    /** For the manual. */
    public String meaning() {
        return meaning;
    }
}
