package dev.cotton.testing.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestSummaryTest {

    private static final String PASSED = "<testcase name=\"adds\" classname=\"a.SumTest\" time=\"0.1\"/>";
    private static final String FAILED = """
            <testcase name="divides" classname="a.SumTest"><failure message="no&#10;more">trace</failure></testcase>""";
    private static final String BROKEN = """
            <testcase name="roots" classname="a.SumTest"><error message="stack">trace</error></testcase>""";
    private static final String SKIPPED = """
            <testcase name="cuts" classname="a.NetIT"><skipped message="needs root"/></testcase>""";
    private static final String CLASS_SKIPPED = """
            <testcase name="" classname="a.NetIT"><skipped message="needs root"/></testcase>""";
    private static final String TALKATIVE = """
            <testcase name="talks" classname="a.SumTest"><system-out><![CDATA[<testcase name="x"><failure/>]]></system-out>\
            </testcase>""";

    @TempDir
    private Path root;

    @Test
    void addsUpTheReportsOfAllModules() throws IOException {
        report("core/target/surefire-reports", PASSED);
        report("system-tests/target/failsafe-reports", PASSED + TALKATIVE);

        TestSummary summary = summary();

        assertThat(summary.lines()).containsExactly("3 passed, 0 failed, 0 skipped");
        assertThat(summary.isSuccess()).isTrue();
    }

    @Test
    void failsWithAFailureOrAnErrorAndNamesThem() throws IOException {
        report("core/target/surefire-reports", PASSED + FAILED + BROKEN);

        TestSummary summary = summary();

        assertThat(summary.lines())
                .containsExactly(
                        "FAILED   a.SumTest.divides: no",
                        "FAILED   a.SumTest.roots: stack",
                        "1 passed, 2 failed, 0 skipped");
        assertThat(summary.isSuccess()).isFalse();
    }

    @Test
    void failsWithASkipThatIsNotOnTheList() throws IOException {
        report("core/target/surefire-reports", PASSED + SKIPPED);

        TestSummary summary = summary("a.NetIT.other");

        assertThat(summary.lines())
                .containsExactly(
                        "SKIPPED, which is not allowed  a.NetIT.cuts: needs root", "1 passed, 0 failed, 1 skipped");
        assertThat(summary.isSuccess()).isFalse();
    }

    @Test
    void acceptsASkipByMethodAndByClass() throws IOException {
        report("core/target/surefire-reports", PASSED + SKIPPED + CLASS_SKIPPED);

        assertThat(summary("a.NetIT").isSuccess()).isTrue();
        assertThat(summary("a.NetIT.cuts").isSuccess()).isFalse();
    }

    @Test
    void failsWhenNothingRan() throws IOException {
        assertThat(summary().isSuccess()).isFalse();
    }

    @Test
    void wantsAReasonForEveryAllowedSkip() throws IOException {
        Path list = Files.writeString(root.resolve("list"), "# tests\na.NetIT  needs nftables\n");
        assertThat(AllowedSkips.read(list).names()).containsExactly("a.NetIT");

        Files.writeString(list, "a.NetIT\n");
        assertThatThrownBy(() -> AllowedSkips.read(list))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a.NetIT");
    }

    private void report(String folder, String testcases) throws IOException {
        Path file = root.resolve(folder).resolve("TEST-a.xml");
        Files.createDirectories(root.resolve(folder));
        Files.writeString(file, "<testsuite><properties/>" + testcases + "</testsuite>");
    }

    private TestSummary summary(String... allowed) throws IOException {
        return new TestSummary(TestReports.read(root), new AllowedSkips(Set.of(allowed)));
    }
}
