package dev.cotton.mesos;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** Recorded requests as they are sent now: with the ids of this run, and commands that this machine can run. */
final class Requests {
    private static final Pattern LAB_EXECUTOR = Pattern.compile("\"value\": \"/opt/lab/[^\"]*pyexec\\.py[^\"]*\"");
    private final Comparison comparison;
    private final Map<String, String> asked = new LinkedHashMap<>();

    Requests(Comparison comparison) {
        this.comparison = comparison;
    }

    /** Asks for something else from now on. */
    void ask(String recorded, String instead) {
        asked.put(recorded, instead);
    }

    /** The bytes of the request, as text. */
    String of(Transcript.Entry entry) {
        Message recorded = Message.parse(entry.text());
        String body = LAB_EXECUTOR
                .matcher(comparison.translate(recorded.body()))
                .replaceAll(Matcher.quoteReplacement(
                        "\"value\": " + JsonMapper.shared().writeValueAsString(LabExecutor.command())));
        for (Map.Entry<String, String> each : asked.entrySet()) {
            body = body.replace(each.getKey(), each.getValue());
        }
        body = Naps.inRequest(body);
        List<String> lines = new ArrayList<>(List.of(recorded.start()));
        recorded.headers().forEach((name, value) -> lines.add(name + ": " + comparison.translate(value)));
        lines.removeIf(each -> each.startsWith("content-length"));
        lines.add("content-length: " + body.getBytes(StandardCharsets.UTF_8).length);
        return String.join("\r\n", lines) + "\r\n\r\n" + body;
    }
}
