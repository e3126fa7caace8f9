package dev.cotton.cli.up;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Flags of the original scheduler that no longer have a meaning: accepted, and answered with what replaced them. */
public final class FormerFlags {
    private static final Map<String, String> REPLACED_BY = replacements();

    private FormerFlags() {}

    private static Map<String, String> replacements() {
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put("--election-timeout", "a primary is chosen as soon as enough members have answered");
        flags.put(
                "--admin-keypath",
                "accounts of Cotton's own have passwords for each cluster, sealed with --scheduler-keypath");
        flags.put("--work-dir", "--data-dir says where everything is kept");
        flags.put("--state-storage", "state is in ZooKeeper: the one of --zk-url, or one of its own");
        flags.put("--installer-args", "--mysql, --mysql-home and --mysql-archive say which MySQL is used");
        flags.put(
                "--backup-store-args",
                "--backup-store says where backups are kept, with the settings of the store in its location");
        return flags;
    }

    /** Lets {@code command} accept them, without showing them in its help. */
    public static CommandLine accepted(CommandLine command) {
        for (String name : REPLACED_BY.keySet()) {
            command.getCommandSpec()
                    .addOption(OptionSpec.builder(name)
                            .arity("1")
                            .type(String.class)
                            .hidden(true)
                            .build());
        }
        return command;
    }

    /** A sentence for each that was given. */
    static List<String> warnings(ParseResult parsed) {
        return REPLACED_BY.entrySet().stream()
                .filter(flag -> parsed.hasMatchedOption(flag.getKey()))
                .map(flag -> "Warning: " + flag.getKey() + " has no effect: " + flag.getValue() + ".")
                .toList();
    }
}
