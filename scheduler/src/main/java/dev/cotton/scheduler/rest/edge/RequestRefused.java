package dev.cotton.scheduler.rest.edge;

import dev.cotton.scheduler.rest.resource.ProblemCode;
import java.util.Optional;

/** A request that the edge does not let through; nothing was changed. The message is a sentence for the caller. */
public final class RequestRefused extends RuntimeException {
    private final ProblemCode code;
    private final Optional<String> field;

    public RequestRefused(ProblemCode code, String message) {
        super(message);
        this.code = code;
        this.field = Optional.empty();
    }

    /** @param field the field, header or parameter that it is about */
    public RequestRefused(ProblemCode code, String field, String message) {
        super(message);
        this.code = code;
        this.field = Optional.of(field);
    }

    public ProblemCode code() {
        return code;
    }

    public Optional<String> field() {
        return field;
    }
}
