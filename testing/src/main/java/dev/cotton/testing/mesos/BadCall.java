package dev.cotton.testing.mesos;

/** A call that is answered with 400 and this text. */
final class BadCall extends Exception {
    private static final long serialVersionUID = 1L;

    private final String why;

    BadCall(String why) {
        super(why);
        this.why = why;
    }

    String why() {
        return why;
    }
}
