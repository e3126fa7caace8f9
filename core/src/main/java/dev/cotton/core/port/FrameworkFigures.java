package dev.cotton.core.port;

/**
 * What an engine that is a framework of somebody's fleet has counted since this process began, over all its leaderships.
 *
 * @param registered whether it is registered now
 */
public record FrameworkFigures(boolean registered, Offers offers, Tasks tasks) {
    /**
     * @param all that came
     * @param ofOtherRoles those that were for a role that is none of the framework's
     * @param unused those that were declined
     */
    public record Offers(long all, long ofOtherRoles, long unused) {}

    /**
     * Tasks that were launched, and those of them that have ended, each once.
     *
     * @param failed not well, by themselves or because they could not be started
     * @param lost with their agent, or before they came to one
     */
    public record Tasks(long launched, long finished, long failed, long killed, long lost) {}
}
