package dev.cotton.scheduler.fleet;

/** A request that was not accepted; nothing was changed. The message is a sentence for the user. */
public final class Refusal extends RuntimeException {
    private final Code code;
    private final String field;

    /** Why, in a word that stays the same for ever. */
    public enum Code {
        /** A value is wrong; {@link Refusal#field} says which. */
        INVALID,
        /** No such cluster, instance, operation or entry. */
        NOT_FOUND,
        /** The name is taken. */
        EXISTS,
        /** The password, or the right, is not there. */
        FORBIDDEN,
        /** More than this engine can ever give. */
        DOES_NOT_FIT,
        /** Not in this state of the cluster. */
        CONFLICT,
        /** The executor of the instance does not answer. */
        UNREACHABLE,
        /** This scheduler does not lead, or has no ZooKeeper. */
        NOT_READY
    }

    public Refusal(Code code, String message) {
        this(code, "", message);
    }

    public Refusal(Code code, String field, String message) {
        super(message);
        this.code = code;
        this.field = field;
    }

    public Code code() {
        return code;
    }

    /** The name of the field that is wrong; empty when it is not about one. */
    public String field() {
        return field;
    }
}
