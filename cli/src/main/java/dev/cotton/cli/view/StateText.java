package dev.cotton.cli.view;

import dev.cotton.cli.terminal.Paint;

/** Words for states, in a colour that says how good they are. */
public final class StateText {
    private StateText() {}

    /** The state of a cluster. */
    public static String cluster(String state, Paint paint) {
        return switch (state) {
            case "healthy" -> paint.green(state);
            case "creating", "looking", "switching-over", "degraded", "deleting" -> paint.yellow(state);
            case "blocked", "primary-down", "failing-over" -> paint.red(state);
            default -> state;
        };
    }

    /** How far a member is. */
    static String stage(String stage, Paint paint) {
        return switch (stage) {
            case "in-sync" -> paint.green(stage);
            case "detached" -> paint.red(stage);
            default -> paint.yellow(stage);
        };
    }
}
