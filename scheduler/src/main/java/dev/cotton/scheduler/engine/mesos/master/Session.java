package dev.cotton.scheduler.engine.mesos.master;

import dev.cotton.core.mesos.FrameworkId;
import dev.cotton.core.model.Endpoint;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster.CallRefusedException;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster.NotConnectedException;
import java.io.IOException;

/** A living subscription: what calls need of it. */
record Session(Endpoint master, FrameworkId framework, String streamId, EventStream events) {

    /**
     * Ends the subscription when what was said is not taken for now, or nobody knows whether it was.
     *
     * @param what was said, for people
     * @throws NotConnectedException when it was not taken, and may be said again
     * @throws CallRefusedException when it will never be taken
     */
    void judge(String what, Answer answer) {
        String said = "The Mesos master at " + master + " did not take " + what + ": ";
        switch (answer) {
            case Answer.Taken _ -> {}
            case Answer.Redirected(var leader) -> throw end(said, leader + " leads");
            case Answer.Unsubscribed(var why) -> throw end(said, why);
            case Answer.Again(var why) -> throw end(said, why);
            case Answer.Refused refused -> throw new CallRefusedException(said + refused.said() + ".");
        }
    }

    /** What was not heard is made good by another subscription, where everything is asked anew. */
    NotConnectedException end(String said, String why) {
        events.breakOff(new IOException(why));
        return new NotConnectedException(said + why + ".");
    }
}
