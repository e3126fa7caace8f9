package dev.cotton.executor.role;

/**
 * While a backup copies the data of a replica, its applier stands still. The backup begins and ends that; the reconciler
 * breaks it off whenever it has to do anything for the role, and does not ask. Thread-safe.
 *
 * <p>An applier that was told to stop may do so much later, and looks until then as if it ran. As long as that can happen
 * the pause is unsettled: no source may be changed, because MySQL deletes the relay log of a server that does nothing.
 */
final class ApplierPause {
    private boolean held;
    private boolean resume;
    private boolean unsettled;

    /** From now on the reconciler leaves a stopped applier alone. To be called before it is told to stop. */
    synchronized void begin() {
        held = true;
        unsettled = true;
    }

    /** An applier may have been told to stop by somebody who is no more. */
    synchronized void doubt() {
        unsettled = true;
    }

    /** The applier was seen stopped, or started after that: it does nothing any more that it was not told since. */
    synchronized void settled() {
        unsettled = false;
    }

    /** Whether the applier may stop at any time. */
    synchronized boolean unsettled() {
        return unsettled;
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
