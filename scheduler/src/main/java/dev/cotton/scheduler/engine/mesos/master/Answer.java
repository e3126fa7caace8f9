package dev.cotton.scheduler.engine.mesos.master;

import dev.cotton.core.model.Endpoint;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster.Refusal;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster.Refusal.Reason;
import java.net.URI;
import java.util.Optional;

/** What a master's answer means. */
sealed interface Answer {

    /** The master has taken it. */
    record Taken() implements Answer {}

    /** Another master leads. */
    record Redirected(Endpoint leader) implements Answer {}

    /**
     * To be tried again.
     *
     * @param why a part of a sentence
     */
    record Again(String why) implements Answer {}

    /** The master knows no subscription of this framework by this stream. */
    record Unsubscribed(String why) implements Answer {}

    /**
     * It will never be taken like this.
     *
     * @param said in the master's words
     */
    record Refused(Refusal refusal, String said) implements Answer {}

    int LONGEST_QUOTE = 400;

    /**
     * @param location the header of that name
     * @param body as text, or the beginning of it
     */
    static Answer of(int status, Optional<String> location, String body) {
        String said = quoted(body);
        return switch (status) {
            case 200, 202 -> new Taken();
            case 301, 302, 307, 308 ->
                leader(location)
                        .<Answer>map(Redirected::new)
                        .orElseGet(() -> new Again("it named another leader without saying where"));
            case 401 -> new Refused(unauthorized(), status + " " + said);
            case 400, 403 ->
                unsubscribed(said) ? new Unsubscribed("the master said: " + said) : refused(status + " " + said);
            case 405, 406, 415 -> refused(status + " " + said);
            default -> new Again("it answered " + status + (said.isEmpty() ? "" : ": " + said));
        };
    }

    /** What the event {@code ERROR} means, which ends every subscription. */
    static Refusal ofError(String message) {
        return switch (message) {
            case "Framework failed over" ->
                new Refusal(
                        Reason.FAILED_OVER,
                        "Another scheduler has subscribed to Mesos as this framework, so this one stops at once. The"
                                + " databases run on under the other. If there is no other on purpose, look for a second"
                                + " fleet with the same state.");
            case "Framework has been removed" ->
                new Refusal(
                        Reason.REMOVED,
                        "Mesos has removed this framework and ended all of its tasks: it was torn down, or nobody was"
                                + " subscribed for its failover timeout. Volumes and their data are kept. Nothing is"
                                + " registered anew by itself, because the fleet's records still name running"
                                + " instances.");
            default -> invalid(quoted(message));
        };
    }

    private static Refused refused(String said) {
        return new Refused(invalid(said), said);
    }

    private static Refusal unauthorized() {
        return new Refusal(
                Reason.UNAUTHORIZED,
                "The Mesos master does not accept the framework's principal and secret (401). Nothing was changed."
                        + " Check the framework's authentication file against the master's --credentials, and start"
                        + " again.");
    }

    private static Refusal invalid(String said) {
        return new Refusal(
                Reason.INVALID,
                "The Mesos master does not accept this framework: " + said
                        + ". Nothing was changed. Correct the framework's settings and start again.");
    }

    /** What the master says to a call on a stream that it has given up; seen in Mesos 1.12. */
    private static boolean unsubscribed(String said) {
        return said.startsWith("Framework is not subscribed")
                || said.startsWith("Framework cannot be found")
                || (said.startsWith("The stream ID") && said.contains("didn't match"));
    }

    /** Only who leads is taken from it; a master has no say in how it is spoken to. */
    private static Optional<Endpoint> leader(Optional<String> location) {
        try {
            return location.map(URI::create)
                    .filter(uri -> uri.getHost() != null && uri.getPort() > 0)
                    .map(uri -> new Endpoint(uri.getHost().replaceAll("[\\[\\]]", ""), uri.getPort()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String quoted(String text) {
        String plain = text.strip().replaceAll("\\p{Cntrl}", " ").replaceAll("\\.$", "");
        return plain.length() <= LONGEST_QUOTE ? plain : plain.substring(0, LONGEST_QUOTE) + "…";
    }
}
