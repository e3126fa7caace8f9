package dev.cotton.scheduler.fleet;

import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.port.Engine;
import dev.cotton.scheduler.fleet.Refusal.Code;

/** Whether an engine could ever run what is asked for. */
final class Feasibility {
    private Feasibility() {}

    /** @throws Refusal when it could not */
    static void check(Engine engine, ClusterSpec wanted) {
        engine.objection(wanted.placement()).ifPresent(why -> {
            throw new Refusal(
                    Code.INVALID,
                    "placement." + why.substring(0, why.indexOf(':')),
                    "placement." + why + " Nothing was created.");
        });
        engine.shortage(wanted.size(), wanted.placement(), wanted.instances()).ifPresent(lack -> {
            throw new Refusal(Code.DOES_NOT_FIT, "size", lack + " Nothing was created.");
        });
    }
}
