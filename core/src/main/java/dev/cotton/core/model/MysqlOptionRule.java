package dev.cotton.core.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which values an option may have. */
sealed interface MysqlOptionRule {
    /** The value as it goes into the option file; empty when it may not be set. */
    Optional<String> checked(String value);

    /** What is wanted, the beginning of a sentence. */
    String wanted();

    /** A checked value as a literal of SQL. */
    default String literal(String checked) {
        return "'" + checked + "'";
    }

    /** A whole number. */
    record Whole(long least, long most) implements MysqlOptionRule {
        @Override
        public Optional<String> checked(String value) {
            return value.matches("[0-9]{1,18}") && within(Long.parseLong(value))
                    ? Optional.of(value)
                    : Optional.empty();
        }

        private boolean within(long number) {
            return number >= least && number <= most;
        }

        @Override
        public String literal(String checked) {
            return checked;
        }

        @Override
        public String wanted() {
            return "a whole number between " + least + " and " + most;
        }
    }

    /** A number with at most six digits after the point. */
    record Decimal(long least, long most) implements MysqlOptionRule {
        @Override
        public Optional<String> checked(String value) {
            return value.matches("[0-9]{1,9}(\\.[0-9]{1,6})?")
                            && Double.parseDouble(value) >= least
                            && Double.parseDouble(value) <= most
                    ? Optional.of(value)
                    : Optional.empty();
        }

        @Override
        public String literal(String checked) {
            return checked;
        }

        @Override
        public String wanted() {
            return "a number between " + least + " and " + most;
        }
    }

    /** A number of bytes, as MySQL writes them or as Cotton does: {@code 16777216}, {@code 16M} or {@code 16mb}. */
    record Bytes(DataSize least, DataSize most) implements MysqlOptionRule {
        private static final Pattern FORM = Pattern.compile("([0-9]{1,15})([kmg]?)b?");

        @Override
        public Optional<String> checked(String value) {
            Matcher matcher = FORM.matcher(value.toLowerCase(Locale.ROOT));
            if (!matcher.matches()) {
                return Optional.empty();
            }
            DataSize size = DataSize.parse(matcher.group(1) + matcher.group(2) + "b");
            return size.compareTo(least) >= 0 && size.compareTo(most) <= 0
                    ? Optional.of(Long.toString(size.bytes()))
                    : Optional.empty();
        }

        @Override
        public String literal(String checked) {
            return checked;
        }

        @Override
        public String wanted() {
            return "a size between " + least + " and " + most;
        }
    }

    /** ON or OFF, also written as 1, 0, true or false. */
    record Switch() implements MysqlOptionRule {
        @Override
        public Optional<String> checked(String value) {
            return switch (value.toUpperCase(Locale.ROOT)) {
                case "ON", "1", "TRUE" -> Optional.of("ON");
                case "OFF", "0", "FALSE" -> Optional.of("OFF");
                default -> Optional.empty();
            };
        }

        @Override
        public String wanted() {
            return "ON or OFF";
        }
    }

    /** One of some words. */
    record OneOf(List<String> words) implements MysqlOptionRule {
        OneOf(String... words) {
            this(List.of(words));
        }

        public OneOf {
            words = List.copyOf(words);
        }

        @Override
        public Optional<String> checked(String value) {
            return words.stream().filter(value::equalsIgnoreCase).findFirst();
        }

        @Override
        public String wanted() {
            return "one of " + String.join(", ", words);
        }
    }

    /** Any number of some words, with commas; none is allowed. */
    record AnyOf(Set<String> words) implements MysqlOptionRule {
        AnyOf(String... words) {
            this(Set.of(words));
        }

        public AnyOf {
            words = Set.copyOf(words);
        }

        @Override
        public Optional<String> checked(String value) {
            String canonical = value.toUpperCase(Locale.ROOT).replace(" ", "");
            return canonical.isEmpty() || words.containsAll(Arrays.asList(canonical.split(",", -1)))
                    ? Optional.of(canonical)
                    : Optional.empty();
        }

        @Override
        public String wanted() {
            return "some of " + String.join(", ", new TreeSet<>(words)) + ", with commas";
        }
    }

    /** Something of a certain form. */
    record Form(Pattern pattern, String wanted) implements MysqlOptionRule {
        Form(String pattern, String wanted) {
            this(Pattern.compile(pattern), wanted);
        }

        @Override
        public Optional<String> checked(String value) {
            return pattern.matcher(value).matches() ? Optional.of(value) : Optional.empty();
        }
    }
}
