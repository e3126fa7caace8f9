package dev.cotton.executor.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AptPlanTest {
    private static final String DEBIAN = """
            deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.example.org/debian bookworm main
            deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.example.org/debian-security bookworm-security main
            """;
    private static final String UNSIGNED_DEBIAN = """
            deb http://mirror.example.org/debian bookworm main
            deb http://mirror.example.org/debian-security bookworm-security main
            """;
    private static final String OTHERS = """
            deb [signed-by=/etc/apt/keyrings/docker.asc] http://others.example.org/linux/debian bookworm main
            deb [signed-by=/usr/share/keyrings/mysql.gpg] http://others.example.org/apt/debian bookworm main
            deb http://others.example.org/chrome/deb/ stable main
            deb http://others.example.org/tools bookworm stable
            """;

    private static List<AptPlan> plans(Distribution distribution, String sources) {
        return AptPlan.of(distribution, AptSources.oneLine(sources));
    }

    @Test
    void takesDebiansUnstableSuiteFromTheMachinesMirrorFirst() {
        assertThat(plans(Distribution.DEBIAN, DEBIAN).getFirst().entries())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.uris()).containsExactly("http://mirror.example.org/debian");
                    assertThat(entry.suites()).containsExactly("sid");
                    assertThat(entry.components()).containsExactly("main");
                });
    }

    @Test
    void thenTakesTheSuitesAsTheyAreSetUp() {
        assertThat(plans(Distribution.DEBIAN, DEBIAN).getLast().entries())
                .flatExtracting(AptEntry::suites)
                .containsExactly("bookworm", "bookworm-security");
    }

    @Test
    void isNotDisturbedByTheSourcesOfOthers() {
        assertThat(plans(Distribution.DEBIAN, OTHERS + DEBIAN)).isEqualTo(plans(Distribution.DEBIAN, DEBIAN));
        assertThat(plans(Distribution.DEBIAN, OTHERS + UNSIGNED_DEBIAN))
                .isEqualTo(plans(Distribution.DEBIAN, UNSIGNED_DEBIAN));
    }

    @Test
    void triesADoubtfulMirrorForWantOfABetterOne() {
        List<AptPlan> plans = plans(Distribution.DEBIAN, """
                deb http://inside.example.org/mirror bookworm main
                deb http://mirror.example.org/debian-security bookworm-security main
                """);
        assertThat(plans.getFirst().entries())
                .flatExtracting(AptEntry::uris)
                .containsExactly("http://inside.example.org/mirror");
    }

    @Test
    void takesUbuntusOwnSuitesWithoutTheUntestedOnes() {
        assertThat(plans(Distribution.UBUNTU, """
                deb http://mirror.example.org/ubuntu noble main universe
                deb http://mirror.example.org/ubuntu noble-updates main universe
                deb http://mirror.example.org/ubuntu noble-backports main universe
                deb http://ports.example.org/ubuntu-ports noble-security main
                """))
                .singleElement()
                .satisfies(plan -> assertThat(plan.entries())
                        .flatExtracting(AptEntry::suites)
                        .containsExactly("noble", "noble-updates", "noble-security"));
    }

    @Test
    void hasNoPlanWithoutAMirrorOfTheDistribution() {
        assertThat(plans(Distribution.DEBIAN, "")).isEmpty();
        assertThat(plans(
                        Distribution.UBUNTU,
                        "deb [signed-by=/etc/apt/keyrings/x.asc] http://x.example.org/ubuntu noble main"))
                .isEmpty();
    }

    @Test
    void checksEveryEntryWithTheGivenKeysAndShowsNoAddress() {
        AptEntry entry = plans(Distribution.DEBIAN, "deb http://me:secret@mirror.example.org/debian bookworm main")
                .getFirst()
                .entries()
                .getFirst();
        assertThat(entry.stanza("amd64", "/keys.gpg")).isEqualTo("""
                Types: deb
                URIs: http://me:secret@mirror.example.org/debian
                Suites: sid
                Components: main
                Architectures: amd64
                Signed-By: /keys.gpg

                """);
        assertThat(entry.toString()).doesNotContain("secret");
    }
}
