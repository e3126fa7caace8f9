package dev.cotton.cli.up;

import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.Instance;
import dev.cotton.cli.machine.Account;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.terminal.Paint;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is there now, and what to try next.
 *
 * @param cluster the one that was asked for
 * @param usual whether commands look into {@code folder} when they are told nothing
 * @param command how a person here calls this program
 */
record UpReport(Optional<Document<Cluster>> cluster, URI url, DataFolder folder, boolean usual, String command) {
    ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("url", url.toString()).put("dataDir", folder.path().toString());
        cluster.ifPresent(document -> json.set("cluster", document.json()));
        return json;
    }

    String text(Paint paint) {
        return cluster.map(Document::value)
                .map(each -> withCluster(each, paint))
                .orElseGet(() -> "\nThe scheduler runs.\n\n" + places() + "\nCreate a cluster with: "
                        + paint.bold(command + " create <name>") + "\n");
    }

    private String withCluster(Cluster shown, Paint paint) {
        String name = shown.name();
        StringBuilder text = new StringBuilder("\n");
        text.append(paint.bold(name))
                .append(" is ")
                .append(paint.green("healthy"))
                .append(": ");
        text.append(members(shown))
                .append(", ")
                .append(shown.spec().durability())
                .append(".\n\n");
        shown.primaryInstance()
                .flatMap(Instance::mysqlEndpoint)
                .ifPresent(address -> text.append("  address    ")
                        .append(address)
                        .append(" (the primary; user ")
                        .append(shown.spec().user())
                        .append(")\n"));
        text.append("  mysql      ")
                .append(paint.bold(command + " connect " + name))
                .append('\n');
        text.append("  password   ")
                .append(command)
                .append(" credentials ")
                .append(name)
                .append('\n');
        text.append(places());
        text.append("\nTry next:\n");
        line(text, "show " + name, "its instances, and why it is healthy");
        line(text, "connect " + name + " -- -e 'SELECT @@hostname, @@port'", "run SQL");
        shown.primaryInstance()
                .flatMap(Instance::report)
                .flatMap(Instance.Report::processId)
                .ifPresent(process -> text.append("  kill -9 ")
                        .append(process)
                        .append("\n      kill the primary's server; then look with: ")
                        .append(command)
                        .append(" events ")
                        .append(name)
                        .append('\n'));
        line(text, "create another --instances 1", "one more cluster");
        line(text, "down --all", "stop everything, cleanly; the data stay");
        return text.toString();
    }

    private String places() {
        String hint = usual
                ? ""
                : "\nSo that other commands find it: export " + Account.DATA_FOLDER + "=" + folder.path() + "\n";
        return "  dashboard  " + url + "/\n  data       " + folder.path() + "\n" + hint;
    }

    private void line(StringBuilder text, String arguments, String meaning) {
        text.append("  ")
                .append(command)
                .append(' ')
                .append(arguments)
                .append("\n      ")
                .append(meaning)
                .append('\n');
    }

    private static String members(Cluster shown) {
        return switch (shown.spec().instances()) {
            case 1 -> "one primary and no replica";
            case 2 -> "one primary and one replica";
            default -> "one primary and " + (shown.spec().instances() - 1) + " replicas";
        };
    }
}
