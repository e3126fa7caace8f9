package dev.cotton.scheduler.rest.resource;

import java.util.Optional;

/**
 * An error as of RFC 9457.
 *
 * @param type {@code urn:cotton:problem:<code>}
 * @param title the code in words
 * @param status the HTTP status
 * @param detail a sentence that says what happened and what to do
 * @param field the field, header or parameter that it is about
 */
public record Problem(String type, String title, int status, ProblemCode code, String detail, Optional<String> field) {
    /** Returns the problem of this code with its type, title and status. */
    public static Problem of(ProblemCode code, Optional<String> field, String detail) {
        String word = ApiJson.word(code);
        String title = Character.toUpperCase(word.charAt(0)) + word.substring(1).replace('-', ' ');
        return new Problem("urn:cotton:problem:" + word, title, code.status(), code, detail, field);
    }
}
