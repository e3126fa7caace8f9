package dev.cotton.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code cotton drill} with real schedulers, executors and servers. */
final class DrillIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void losesNothingWhenPrimariesDieAndHangWhileClientsWrite() throws Exception {
        ThrowawayRun run = new ThrowawayRun(folder);
        Path report = folder.resolve("report");

        JsonNode result = run.json(
                "drill",
                "--fault",
                "kill-primary,hang-primary,account-statement",
                "--writers",
                "8",
                "--report",
                report.toString());

        assertThat(result.path("passed").asBoolean()).isTrue();
        assertThat(result.path("throwaway").asBoolean()).isTrue();
        assertThat(result.path("faults").findValuesAsString("fault"))
                .containsExactly("kill-primary", "hang-primary", "account-statement");
        assertThat(result.path("faults")).allSatisfy(fault -> {
            assertThat(fault.path("acknowledged").asLong()).isPositive();
            assertThat(fault.path("attempted").asLong())
                    .isGreaterThan(fault.path("acknowledged").asLong());
            assertThat(fault.path("lost").asLong(-1)).isZero();
            assertThat(fault.path("doubled").asLong(-1)).isZero();
            assertThat(fault.path("refusedToStayers").asLong()).isPositive();
            assertThat(fault.path("writesBack").asBoolean()).isTrue();
            assertThat(fault.path("gapSeconds").asDouble()).isPositive();
            assertThat(fault.path("steps").findValuesAsString("step"))
                    .contains("lost", "chosen", "named", "first acknowledged write", "every member in sync");
        });
        assertThat(result.path("atTheEnd").path("lost").asLong(-1)).isZero();
        assertThat(result.path("leftOut").findValuesAsString("fault")).containsExactly("power cut of the machine");
        assertThat(JsonMapper.shared().readTree(Files.readString(report.resolve("drill.json"))))
                .isEqualTo(result);
        assertTellsAbout(Files.readString(report.resolve("drill.html")));
        assertThat(run.leftOvers()).isEmpty();
    }

    /** The page is well-formed, and has a picture with two servers for every fault. */
    private static void assertTellsAbout(String page) throws Exception {
        Document parsed = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(page.replaceFirst("<!DOCTYPE html>", ""))));
        NodeList sections = parsed.getElementsByTagName("section");
        assertThat(sections.getLength()).isEqualTo(3);
        for (int i = 0; i < sections.getLength(); i++) {
            Element section = (Element) sections.item(i);
            assertThat(section.getElementsByTagName("svg").getLength()).isGreaterThanOrEqualTo(3);
            assertThat(section.getTextContent()).contains("passed", "without writes", "primary-named");
        }
        assertThat(page)
                .contains("<strong>Passed</strong>", "What was left out", "What was proved, and how", "kill-primary");
    }
}
