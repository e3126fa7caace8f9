package dev.cotton.mesos;

import dev.cotton.testing.mesos.MesosSimulator;
import dev.cotton.testing.mesos.SimulatedAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Short sleeps of commands, which last until the transcript has the end of their task, and not some seconds of this
 * machine's time.
 */
record Naps(MesosSimulator mesos) {
    private static final Pattern NAP = Pattern.compile("\\bsleep [1-9](?![0-9])");
    private static final String OVER = ".over";
    private static final String WAIT = "until [ -e " + OVER + " ]; do sleep 0.02; done";

    /** The request with commands that sleep until they are told. */
    static String inRequest(String body) {
        return NAP.matcher(body).replaceAll(Matcher.quoteReplacement(WAIT));
    }

    /** Ends the sleep of a command task, if it has one. */
    void end(String task) throws IOException {
        for (SimulatedAgent agent : mesos.agents()) {
            for (Path sandbox : agent.sandboxes()) {
                Path over = sandbox.resolve(OVER);
                if (sandbox.getName(sandbox.getNameCount() - 3).toString().equals(task) && Files.notExists(over)) {
                    Files.createFile(over);
                }
            }
        }
    }
}
