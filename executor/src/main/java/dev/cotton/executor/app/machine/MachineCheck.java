package dev.cotton.executor.app.machine;

/**
 * One thing that a machine needs, and whether it is there.
 *
 * @param name a word or two, for instance {@code disk}
 * @param sentence what was found
 * @param remedy what to do, a sentence; empty when there is nothing to do
 */
public record MachineCheck(String name, Outcome outcome, String sentence, String remedy) {

    /** How bad it is. */
    public enum Outcome {
        OK,
        /** Cotton runs, with less than it could have. */
        WARNING,
        /** Cotton does not run, or not for long. */
        FAILED
    }

    static MachineCheck ok(String name, String sentence) {
        return new MachineCheck(name, Outcome.OK, sentence, "");
    }

    static MachineCheck warning(String name, String sentence, String remedy) {
        return new MachineCheck(name, Outcome.WARNING, sentence, remedy);
    }

    static MachineCheck failed(String name, String sentence, String remedy) {
        return new MachineCheck(name, Outcome.FAILED, sentence, remedy);
    }
}
