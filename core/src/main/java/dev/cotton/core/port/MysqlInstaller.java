package dev.cotton.core.port;

/**
 * Makes sure that there is a MySQL to run. Implementations are safe for use by several threads and by several processes
 * of one machine at once: one does the work, the others wait for it and use its result.
 */
public interface MysqlInstaller {

    /** The name that a user asks for it by, for instance {@code debian}. */
    String name();

    /**
     * Returns a usable MySQL, installing it first where it is not there yet. What is there and works is used as it is;
     * nothing is upgraded. An attempt that fails, or is killed, leaves no half-made installation behind that a later
     * call could take for a whole one.
     *
     * @param progress told about every step, on the calling thread or another
     * @throws MysqlInstallationException when there is none and none can be made
     */
    Installation install(Progress progress);

    /** Says whether {@link #install} would work, as far as can be seen without changing anything or using the network. */
    Verdict examine();

    /**
     * @param usable whether {@link #install} would work
     * @param why what would be used and why, or what stands in the way; a sentence
     * @param remedy what to do about it, a sentence; empty when there is nothing to do
     */
    record Verdict(boolean usable, String why, String remedy) {
        public static Verdict usable(String why) {
            return new Verdict(true, why, "");
        }

        public static Verdict unusable(String why, String remedy) {
            return new Verdict(false, why, remedy);
        }
    }
}
