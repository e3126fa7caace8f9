package dev.cotton.scheduler.app;

/**
 * Why a scheduler can never do what it was started for.
 *
 * @param why in sentences: what happened, what was kept and what to do
 */
public record Hopeless(Cause cause, String why) {
    /** What has to be corrected before it is started again. */
    public enum Cause {
        /** What it logs in with. */
        LOGIN,
        /** Another setting. */
        SETTINGS
    }
}
