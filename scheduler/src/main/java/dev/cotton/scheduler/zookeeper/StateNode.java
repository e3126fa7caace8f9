package dev.cotton.scheduler.zookeeper;

/**
 * One node of a fleet's state.
 *
 * @param path below the fleet's own, without a slash at its beginning
 */
public record StateNode(String path, String text) {
    /** Without the text, which may hold sealed secrets. */
    @Override
    public String toString() {
        return "StateNode[" + path + "]";
    }
}
