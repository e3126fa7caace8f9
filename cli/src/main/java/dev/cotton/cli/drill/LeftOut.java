package dev.cotton.cli.drill;

import dev.cotton.cli.faults.Fault;
import java.util.List;

/**
 * A fault that was not injected.
 *
 * @param why a sentence
 */
record LeftOut(String fault, String why) {
    /** What a drill on one machine does not do. */
    static final List<LeftOut> BEYOND =
            List.of(new LeftOut("power cut of the machine", "It would end the drill as well."));

    static LeftOut late(Fault fault) {
        return new LeftOut(
                fault.toString(), "A limit was reached, or an earlier fault has left the cluster in trouble.");
    }
}
