package dev.cotton.cli.admin;

import dev.cotton.cli.admin.StateFiles.Summary;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What there is to say about a file, for programs. */
final class SummaryJson {
    private SummaryJson() {}

    static ObjectNode of(Summary summary) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("at", summary.at().toString())
                .put("clusters", summary.clusters())
                .put("key", summary.key());
    }
}
