package dev.cotton.cli.change;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code cotton configure}. */
@Command(
        name = "configure",
        description = "Change the durability of a cluster, without a restart, or the options of its mysqlds: then the"
                + " instances are replaced one by one, as by resize.")
public final class ConfigureCommand implements Runnable {
    @Mixin
    private final ChangeOrder order = new ChangeOrder();

    @Option(
            names = "--durability",
            paramLabel = "MODE",
            description =
                    "lossless: a failover loses no acknowledged commit; lossless-power: also when all machines lose"
                            + " power at once, at half the throughput; async: fast, may lose the last commits.")
    private Optional<String> durability = Optional.empty();

    @Option(
            names = "--options",
            paramLabel = "NAME=VALUE",
            description = "Overrides an option of mysqld, beside those that are overridden already.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(names = "--unset", paramLabel = "NAME", description = "Takes an override back.")
    private List<String> unset = List.of();

    private final Shell shell;

    public ConfigureCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        if (durability.isEmpty() && options.isEmpty() && unset.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "Say what is to be different: --durability, --options or --unset.");
        }
        ObjectNode wish = JsonMapper.shared().createObjectNode();
        durability.ifPresent(mode -> wish.put("durability", mode));
        if (!options.isEmpty()) {
            ObjectNode overrides = wish.putObject("options");
            options.forEach(overrides::put);
        }
        if (!unset.isEmpty()) {
            wish.set("unsetOptions", JsonMapper.shared().valueToTree(unset));
        }
        order.follow(shell, wish);
    }
}
