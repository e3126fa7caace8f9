package dev.cotton.scheduler.engine.mesos.offer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Where a cluster's instances may go, in Marathon's words: {@code field:OPERATOR[:value]}. The field is {@code hostname} or
 * an agent's attribute.
 *
 * @param value empty where the operator has none
 */
public record Constraint(String field, Operator operator, String value) {
    /** What is asked of the field. Agents without it are out of the question, but for {@code UNLIKE}. */
    public enum Operator {
        /** Each value holds one instance at most. */
        UNIQUE,
        /** All instances share one value: the given one, or that of the first. */
        CLUSTER,
        /** The values hold equally many, as far as that can be. With a number: at least so many values are used. */
        GROUP_BY,
        /** The value matches a regular expression, in whole. */
        LIKE,
        /** The value does not match it. */
        UNLIKE,
        /** Each value holds that many instances at most. */
        MAX_PER
    }

    /** @throws IllegalArgumentException when the operator cannot do with that value */
    public Constraint {
        switch (operator) {
            case UNIQUE -> require(value.isEmpty(), "UNIQUE takes no value");
            case CLUSTER -> {}
            case GROUP_BY -> require(value.isEmpty() || number(value), "GROUP_BY takes a number from 1, or nothing");
            case MAX_PER -> require(number(value), "MAX_PER takes a number from 1");
            case LIKE, UNLIKE -> require(expression(value), operator + " takes a regular expression");
        }
    }

    /**
     * @param text for instance {@code rack:GROUP_BY}, {@code zone:MAX_PER:2}
     * @throws IllegalArgumentException when it is not of that form
     */
    public static Constraint parse(String text) {
        String[] parts = text.split(":", 3);
        Optional<Operator> operator = parts.length < 2
                ? Optional.empty()
                : Arrays.stream(Operator.values())
                        .filter(known -> known.name().equals(parts[1].toUpperCase(Locale.ROOT)))
                        .findFirst();
        require(
                operator.isPresent() && !parts[0].isBlank(),
                "a constraint is field:OPERATOR or field:OPERATOR:value with the operators "
                        + Arrays.toString(Operator.values()) + ", for instance rack:GROUP_BY; '" + text
                        + "' is not one");
        return new Constraint(parts[0], operator.orElseThrow(), parts.length == 3 ? parts[2] : "");
    }

    private static void require(boolean fulfilled, String rule) {
        if (!fulfilled) {
            throw new IllegalArgumentException("constraints: " + rule + ".");
        }
    }

    private static boolean number(String text) {
        return text.matches("[1-9][0-9]{0,5}");
    }

    private static boolean expression(String text) {
        try {
            Pattern.compile(text);
            return !text.isEmpty();
        } catch (PatternSyntaxException malformed) {
            return false;
        }
    }

    /**
     * @param value of the agent in question
     * @param held how many instances of the cluster each value holds; values that are known and hold none are in it
     */
    boolean allows(Optional<String> value, Map<String, Integer> held) {
        if (value.isEmpty()) {
            return operator == Operator.UNLIKE;
        }
        String own = value.get();
        int there = held.getOrDefault(own, 0);
        return switch (operator) {
            case UNIQUE -> there == 0;
            case CLUSTER -> this.value.isEmpty() ? there > 0 || empty(held) : own.equals(this.value);
            case GROUP_BY -> there <= least(held);
            case LIKE -> Pattern.matches(this.value, own);
            case UNLIKE -> !Pattern.matches(this.value, own);
            case MAX_PER -> there < Integer.parseInt(this.value);
        };
    }

    private static boolean empty(Map<String, Integer> held) {
        return held.values().stream().allMatch(count -> count == 0);
    }

    /** What the emptiest value holds, values counted that are to be used and that nobody has seen yet. */
    private int least(Map<String, Integer> held) {
        int wanted = value.isEmpty() ? 0 : Integer.parseInt(value);
        return held.size() < wanted
                ? 0
                : held.values().stream().mapToInt(Integer::intValue).min().orElse(0);
    }

    @Override
    public String toString() {
        return field + ":" + operator + (value.isEmpty() ? "" : ":" + value);
    }
}
