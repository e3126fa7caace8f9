package dev.cotton.testing.summary;

import dev.cotton.testing.summary.TestOutcome.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The XML reports that surefire and failsafe leave in the modules of a build. */
public final class TestReports {

    private static final List<String> FOLDERS = List.of("target/surefire-reports", "target/failsafe-reports");

    private TestReports() {}

    /**
     * Reads every report of every module directly below {@code root}.
     *
     * @throws IOException when a report cannot be read or is not what surefire writes
     */
    public static List<TestOutcome> read(Path root) throws IOException {
        List<TestOutcome> outcomes = new ArrayList<>();
        for (Path module : children(root)) {
            for (String folder : FOLDERS) {
                for (Path file : children(module.resolve(folder))) {
                    String name = String.valueOf(file.getFileName());
                    if (name.startsWith("TEST-") && name.endsWith(".xml")) {
                        outcomes.addAll(outcomes(file));
                    }
                }
            }
        }
        return outcomes;
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }

    private static List<TestOutcome> outcomes(Path report) throws IOException {
        try {
            Element suite = DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getDocumentElement();
            return elements(suite)
                    .filter(element -> element.getTagName().equals("testcase"))
                    .map(TestReports::outcome)
                    .toList();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("The report " + report + " cannot be understood: " + e.getMessage(), e);
        }
    }

    private static TestOutcome outcome(Element testcase) {
        String method = testcase.getAttribute("name");
        String type = testcase.getAttribute("classname");
        String name = method.isEmpty() || method.equals(type) ? type : type + "." + method;
        for (Element child : elements(testcase).toList()) {
            switch (child.getTagName()) {
                case "failure", "error" -> {
                    return new TestOutcome(name, Result.FAILED, child.getAttribute("message"));
                }
                case "skipped" -> {
                    return new TestOutcome(name, Result.SKIPPED, child.getAttribute("message"));
                }
                default -> {
                    // The test's output and the like.
                }
            }
        }
        return new TestOutcome(name, Result.PASSED, "");
    }

    private static Stream<Element> elements(Element parent) {
        Stream.Builder<Element> elements = Stream.builder();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                elements.add(element);
            }
        }
        return elements.build();
    }
}
