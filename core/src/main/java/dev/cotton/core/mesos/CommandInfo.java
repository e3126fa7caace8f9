package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an agent starts. All of it is shown to everybody who may look at the master or the agent.
 *
 * @param uris fetched into the sandbox before
 * @param shell whether {@code value} is a line for {@code /bin/sh -c}; absent: it is
 * @param value the line, or the program's path
 * @param arguments with the program's name as the first one; not for a shell
 * @param user whom it runs as; absent: the framework's
 */
@JsonInclude(Include.NON_EMPTY)
public record CommandInfo(
        List<Uri> uris,
        Optional<Environment> environment,
        Optional<Boolean> shell,
        Optional<String> value,
        List<String> arguments,
        Optional<String> user) {

    public CommandInfo {
        uris = Wire.repeated(uris);
        arguments = Wire.repeated(arguments);
    }

    /**
     * {@code CommandInfo.URI} of the schema.
     *
     * @param extract absent: archives are unpacked, and kept next to what was in them
     * @param outputFile in the sandbox; absent: the last name of the address
     */
    @JsonInclude(Include.NON_ABSENT)
    public record Uri(
            String value,
            Optional<Boolean> executable,
            Optional<Boolean> extract,
            Optional<Boolean> cache,
            @JsonProperty("output_file") Optional<String> outputFile) {}

    @JsonInclude(Include.NON_EMPTY)
    public record Environment(List<Variable> variables) {
        public Environment {
            variables = Wire.repeated(variables);
        }

        /** In the order of the names. */
        public static Environment of(Map<String, String> values) {
            return new Environment(new TreeMap<>(values)
                    .entrySet().stream()
                            .map(variable -> new Variable(variable.getKey(), Optional.of(variable.getValue())))
                            .toList());
        }
    }

    @JsonInclude(Include.NON_ABSENT)
    public record Variable(String name, Optional<String> value) {}

    /** A line for the shell. */
    public static CommandInfo shell(String line, List<Uri> uris, Map<String, String> environment) {
        return new CommandInfo(
                uris,
                environment.isEmpty() ? Optional.empty() : Optional.of(Environment.of(environment)),
                Optional.of(true),
                Optional.of(line),
                List.of(),
                Optional.empty());
    }
}
