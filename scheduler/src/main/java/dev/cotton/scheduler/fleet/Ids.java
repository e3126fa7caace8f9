package dev.cotton.scheduler.fleet;

import java.security.SecureRandom;

/** Makes ids that nobody else makes. */
final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

    private Ids() {}

    static String uid() {
        return text(10);
    }

    static String operation() {
        return "op-" + text(12);
    }

    private static String text(int length) {
        StringBuilder text = new StringBuilder();
        RANDOM.ints(length, 0, LETTERS.length()).forEach(at -> text.append(LETTERS.charAt(at)));
        return text.toString();
    }
}
