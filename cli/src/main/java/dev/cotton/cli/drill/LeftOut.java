package dev.cotton.cli.drill;

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
}
