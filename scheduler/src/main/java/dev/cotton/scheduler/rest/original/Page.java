package dev.cotton.scheduler.rest.original;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Endpoint;
import dev.cotton.core.model.Member;
import dev.cotton.core.port.Engine.Amounts;
import dev.cotton.core.port.Engine.RoleShare;
import dev.cotton.scheduler.fleet.ClusterView;
import dev.cotton.scheduler.fleet.Fleet;
import dev.cotton.scheduler.rest.resource.ApiJson;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A plain page of clusters and their states. No script; every word from elsewhere is escaped. */
final class Page {
    private static final String STYLE = """
            body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color:#222}
            table{border-collapse:collapse;margin-bottom:2rem}
            th,td{text-align:left;padding:.3rem 1.2rem .3rem 0;border-bottom:1px solid #ddd;vertical-align:top}
            .healthy{color:#176b34}.degraded,.creating,.deleting,.looking,.switching-over{color:#8a5a00}.blocked,.primary-down,.failing-over{color:#b00020}
            """;
    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + digest(STYLE)
            + "'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private Page() {}

    static void answer(Context ctx, Fleet fleet) {
        List<ClusterView> all = fleet.clusters();
        List<ClusterView> live =
                all.stream().filter(view -> view.record().holdsName()).toList();
        List<ClusterView> binned =
                all.stream().filter(view -> !view.record().holdsName()).toList();
        ctx.header("Content-Security-Policy", POLICY);
        ctx.contentType("text/html; charset=utf-8").result(html(live, binned, roles(fleet)));
    }

    private static String html(List<ClusterView> live, List<ClusterView> binned, String roles) {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Cotton</title>"
                + "<meta http-equiv=\"refresh\" content=\"5\"><style>" + STYLE
                + "</style></head><body>\n<h1>Cotton</h1>\n"
                + (live.isEmpty() ? "<p>There are no clusters.</p>\n" : clusters(live))
                + (binned.isEmpty() ? "" : bin(binned))
                + roles
                + "</body></html>\n";
    }

    private static String clusters(List<ClusterView> live) {
        return "<table><tr><th>Cluster<th>State<th>Why<th>Primary<th>In sync<th>Each instance</tr>\n"
                + live.stream().map(Page::cluster).collect(Collectors.joining())
                + "</table>\n";
    }

    private static String cluster(ClusterView view) {
        ClusterRecord record = view.record();
        String state = ApiJson.word(view.assessment().state());
        String primary = record.primaryMember()
                .flatMap(Member::endpoint)
                .map(Endpoint::toString)
                .orElse("none yet");
        return row(
                escaped(record.name().value()),
                "<span class=\"" + state + "\">" + state + "</span>",
                escaped(view.assessment().why()),
                escaped(primary),
                record.inSync().size() + " of " + record.spec().instances(),
                escaped(record.spec().size().toString()));
    }

    private static String bin(List<ClusterView> binned) {
        return "<h2>Bin</h2>\n<table><tr><th>Cluster<th>State<th>Data kept until</tr>\n"
                + binned.stream().map(Page::binned).collect(Collectors.joining())
                + "</table>\n";
    }

    private static String binned(ClusterView view) {
        ClusterRecord record = view.record();
        return row(
                escaped(record.name().value()),
                escaped(view.assessment().why()),
                escaped(record.binnedUntil().map(Object::toString).orElse("they are being destroyed")));
    }

    /** The quota of roles, where the fleet has them; they are not worth a page that fails while nobody leads. */
    private static String roles(Fleet fleet) {
        List<RoleShare> roles = fleet.ready() ? fleet.roles() : List.of();
        return roles.isEmpty()
                ? ""
                : "<h2>Roles</h2>\n<table><tr><th>Role<th>Used<th>Guaranteed<th>At most</tr>\n"
                        + roles.stream()
                                .map(share -> row(
                                        escaped(share.role()),
                                        amounts(share.used(), "nothing"),
                                        amounts(share.guarantee(), "nothing"),
                                        amounts(share.limit(), "no limit")))
                                .collect(Collectors.joining())
                        + "</table>\n";
    }

    private static String amounts(Amounts amounts, String none) {
        String text = Stream.of(
                        amounts.cpus().stream().mapToObj(cpus -> cpus + " cpus"),
                        amounts.mem().stream().map(mem -> mem + " memory"),
                        amounts.disk().stream().map(disk -> disk + " disk"))
                .flatMap(parts -> parts)
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? none : escaped(text);
    }

    private static String row(String... cells) {
        return "<tr><td>" + String.join("<td>", cells) + "</tr>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
