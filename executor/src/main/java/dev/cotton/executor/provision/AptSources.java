package dev.cotton.executor.provision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the machine's apt sources in both of apt's forms (sources.list(5)). What cannot be read is left out. */
final class AptSources {
    private static final Pattern ONE_LINE = Pattern.compile("deb\\s+(?:\\[([^]]*)]\\s*)?(\\S+)\\s+(\\S+)\\s*(.*)");
    private static final Pattern STANZA_END = Pattern.compile("\\n[ \\t]*\\n");

    private AptSources() {}

    /** @param etcApt usually {@code /etc/apt} */
    static List<AptEntry> read(Path etcApt) throws IOException {
        List<AptEntry> entries = new ArrayList<>();
        Path single = etcApt.resolve("sources.list");
        if (Files.isReadable(single)) {
            entries.addAll(oneLine(Files.readString(single)));
        }
        Path parts = etcApt.resolve("sources.list.d");
        if (!Files.isDirectory(parts)) {
            return entries;
        }
        try (Stream<Path> files = Files.list(parts)) {
            for (Path file : files.filter(Files::isReadable).sorted().toList()) {
                if (file.toString().endsWith(".sources")) {
                    entries.addAll(deb822(Files.readString(file)));
                } else if (file.toString().endsWith(".list")) {
                    entries.addAll(oneLine(Files.readString(file)));
                }
            }
        }
        return entries;
    }

    /** Reads the form with one entry a line. */
    static List<AptEntry> oneLine(String text) {
        return text.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .map(ONE_LINE::matcher)
                .filter(Matcher::matches)
                .filter(line -> !line.group(2).startsWith("cdrom:"))
                .map(line -> new AptEntry(
                        List.of(line.group(2)),
                        List.of(line.group(3)),
                        words(line.group(4)),
                        option(Optional.ofNullable(line.group(1)), "signed-by")))
                .toList();
    }

    /** Reads the form with one stanza an entry. */
    static List<AptEntry> deb822(String text) {
        String withoutComments = String.join(
                "\n", text.lines().filter(line -> !line.startsWith("#")).toList());
        return STANZA_END
                .splitAsStream(withoutComments)
                .map(AptSources::fields)
                .filter(fields -> words(fields.get("types")).contains("deb"))
                .filter(fields -> !List.of("no", "false", "without", "off", "disable", "0")
                        .contains(fields.getOrDefault("enabled", "yes").toLowerCase(Locale.ROOT)))
                .map(fields -> new AptEntry(
                        words(fields.get("uris")),
                        words(fields.get("suites")),
                        words(fields.get("components")),
                        Optional.ofNullable(fields.get("signed-by"))))
                .filter(entry -> !entry.uris().isEmpty() && !entry.suites().isEmpty())
                .toList();
    }

    private static Map<String, String> fields(String stanza) {
        Map<String, String> fields = new HashMap<>();
        String name = "";
        for (String line : stanza.lines().toList()) {
            int colon = line.indexOf(':');
            boolean continued = line.startsWith(" ") || line.startsWith("\t");
            if (continued) {
                fields.merge(name, line.strip(), (before, more) -> before + "\n" + more);
            } else if (colon > 0) {
                name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                fields.put(name, line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    private static Optional<String> option(Optional<String> options, String name) {
        return options.stream()
                .flatMap(all -> words(all).stream())
                .filter(option -> option.startsWith(name + "="))
                .map(option -> option.substring(name.length() + 1))
                .findFirst();
    }

    private static List<String> words(@Nullable String text) {
        return text == null || text.isBlank()
                ? List.of()
                : Arrays.asList(text.strip().split("\\s+"));
    }
}
