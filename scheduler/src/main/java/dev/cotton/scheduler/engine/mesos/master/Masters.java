package dev.cotton.scheduler.engine.mesos.master;

import dev.cotton.core.model.Endpoint;
import java.io.IOException;

/** Knows where the leading master may be. Used by one thread. */
interface Masters extends AutoCloseable {

    /**
     * The one to ask next.
     *
     * @throws IOException with a sentence, when nobody is known at the moment
     */
    Endpoint next() throws IOException, InterruptedException;

    @Override
    void close();
}
