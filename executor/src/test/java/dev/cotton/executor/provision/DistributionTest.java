package dev.cotton.executor.provision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DistributionTest {

    @Test
    void knowsDebianAndUbuntu() {
        assertThat(Distribution.of("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n"))
                .contains(Distribution.DEBIAN);
        assertThat(Distribution.of("ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble\n"))
                .contains(Distribution.UBUNTU);
    }

    @Test
    void countsADerivedOneAsTheFirstThatItIsLike() {
        assertThat(Distribution.of("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n")).contains(Distribution.UBUNTU);
        assertThat(Distribution.of("ID='devuan'\nID_LIKE='debian'\n")).contains(Distribution.DEBIAN);
    }

    @Test
    void knowsNoOther() {
        assertThat(Distribution.of("ID=\"fedora\"\nID_LIKE=\"rhel\"\n")).isEmpty();
        assertThat(Distribution.of("")).isEmpty();
    }
}
