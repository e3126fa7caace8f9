package dev.cotton.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.GtidSet;
import dev.cotton.fleet.Api;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Looks through the API at what is saved of a former primary that has written for itself alone. */
record QuarantineCheck(Api api, String cluster) {
    private static final Pattern SAID = Pattern.compile("member-errant .* has not \\(([^)]+)\\)");
    private static final Pattern GTID = Pattern.compile("(?m)^SET @@SESSION\\.GTID_NEXT= '([0-9a-f-]{36}:[0-9]+)'");

    /**
     * Exactly the transactions that {@code former} had and nobody else, a {@link WaitingInsert} among them, are there; and are not any more when they were
     * destroyed.
     *
     * @param events of the cluster
     */
    void assertSaved(String former, List<String> events) {
        GtidSet errant = GtidSet.parse(groups(SAID, String.join("\n", events))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("Nobody had errant transactions:\n" + events)));
        JsonNode entry = entries()
                .filter(each -> each.path("instance").asString().equals(former))
                .filter(each -> GtidSet.parse(each.path("gtids").asString()).equals(errant))
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(errant + " is not among " + entries().toList()));
        assertThat(entry.path("transactions").asLong()).isEqualTo(errant.count());
        assertThat(entry.path("complete").asBoolean()).isTrue();
        assertThat(entry.path("rows").findValuesAsString("table")).contains("ledger.entries");

        String path = path() + "/" + entry.path("id").asString();
        String text = api.call("GET", path + "/text", "").text();
        assertThat(text)
                .hasSize(entry.path("bytes").asInt())
                .contains("### INSERT INTO `ledger`.`entries`")
                .contains("###   @2=" + WaitingInsert.ID);
        assertThat(GtidSet.parse(groups(GTID, text).collect(Collectors.joining(","))))
                .isEqualTo(errant);

        assertThat(api.call("DELETE", path, "").status()).isEqualTo(200);
        assertThat(entries().map(each -> each.path("id").asString()))
                .doesNotContain(entry.path("id").asString());
        assertThat(api.call("DELETE", path, "").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/clusters/" + cluster + "/events")
                        .path("events")
                        .findValuesAsString("kind"))
                .contains("quarantine-discarded");
    }

    private Stream<JsonNode> entries() {
        JsonNode quarantine = api.get(path());
        assertThat(quarantine.path("unasked")).isEmpty();
        return quarantine.path("entries").valueStream();
    }

    private String path() {
        return "/api/v1/clusters/" + cluster + "/quarantine";
    }

    private static Stream<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(QuarantineCheck::group);
    }

    private static String group(MatchResult match) {
        return match.group(1);
    }
}
