package dev.cotton.executor.server;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What mysqld complains of in its log: the lines marked as errors, of which the last ones say why it ended. */
public final class ErrorLines {
    private static final String MARK = "[ERROR]";
    private static final int LAST = 3;

    /** mysqld's own lines are shorter; it quotes files and statements of any length. */
    private static final int LONGEST = 240;

    private ErrorLines() {}

    /** The last few errors among {@code lines} on one line, without times and thread numbers; empty when there is none. */
    public static String last(Stream<String> lines) {
        List<String> errors = lines.filter(line -> line.contains(MARK))
                .map(line -> shown(line.substring(line.indexOf(MARK))))
                .distinct()
                .toList();
        return errors.subList(Math.max(0, errors.size() - LAST), errors.size()).stream()
                .collect(Collectors.joining(" "));
    }

    private static String shown(String line) {
        String plain = line.replaceAll("\\p{Cntrl}", "?").strip();
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
    }
}
