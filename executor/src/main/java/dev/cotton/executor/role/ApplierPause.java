package dev.cotton.executor.role;

/**
 * While a backup copies the data of a replica, its applier stands still. The backup begins and ends that; the reconciler
 * breaks it off whenever it has to do anything for the role, and does not ask. Thread-safe.
 */
final class ApplierPause {
    private boolean held;
    private boolean resume;

    /** From now on the reconciler leaves a stopped applier alone. */
    synchronized void begin() {
        held = true;
    }

    /** Whether a stopped applier is to be left alone. */
    synchronized boolean held() {
        return held;
    }

    /** @return whether it was held until now; then the reconciler starts the applier again */
    synchronized boolean end() {
        boolean whole = held;
        held = false;
        resume |= whole;
        return whole;
    }

    /** The reconciler sees to the applier itself from now on. @return whether it was held */
    synchronized boolean breakOff() {
        boolean was = held;
        held = false;
        return was;
    }

    /** Whether it was ended since the last call. */
    synchronized boolean resumes() {
        boolean was = resume;
        resume = false;
        return was;
    }
}
