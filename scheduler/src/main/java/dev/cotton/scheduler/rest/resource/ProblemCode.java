package dev.cotton.scheduler.rest.resource;

/** Why a request was not accepted, in a word that stays the same for ever. */
public enum ProblemCode {
    /** A value is wrong. */
    INVALID(400),
    /** A field that is needed is not there. */
    MISSING(400),
    /** A field or parameter that does not exist. */
    UNKNOWN_FIELD(400),
    /** A field has a value of another type. */
    WRONG_TYPE(400),
    /** The body is not JSON. */
    MALFORMED_JSON(400),
    /** More than the engine can ever give. */
    DOES_NOT_FIT(400),
    /** The request is not HTTP as it should be. */
    MALFORMED_REQUEST(400),
    /** No token, or a wrong one. */
    UNAUTHENTICATED(401),
    /** The password, or the right, is not there. */
    FORBIDDEN(403),
    /** The Host header names somebody else. */
    HOST_REFUSED(403),
    /** A page of another site sent the request. */
    ORIGIN_REFUSED(403),
    /** No such cluster, instance, operation or entry. */
    NOT_FOUND(404),
    /** No such path. */
    NO_SUCH_ROUTE(404),
    /** The path exists, and not for this method. */
    METHOD_NOT_ALLOWED(405),
    /** The name is taken. */
    EXISTS(409),
    /** Not in this state of the cluster. */
    CONFLICT(409),
    /** The body is larger than allowed. */
    TOO_LARGE(413),
    /** The body is of another media type. */
    UNSUPPORTED_MEDIA_TYPE(415),
    /** Too many wrong passwords of late. */
    TOO_MANY_ATTEMPTS(429),
    /** A fault of the scheduler's own. */
    INTERNAL(500),
    /** This scheduler does not lead, or has no ZooKeeper. */
    NOT_READY(503),
    /** The instance's executor does not answer. */
    INSTANCE_UNREACHABLE(503),
    /** As many event streams are open as are allowed. */
    TOO_MANY_STREAMS(503);

    private final int status;

    ProblemCode(int status) {
        this.status = status;
    }

    /** The HTTP status that goes with it. */
    public int status() {
        return status;
    }
}
