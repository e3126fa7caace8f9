package dev.cotton.executor.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AptSourcesTest {
    private static final String DEBIAN_KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg";

    @Test
    void readsDebiansStanzas() {
        assertThat(AptSources.deb822("""
                Types: deb
                # where the image was made from
                URIs: http://mirror.example.org/debian
                Suites: bookworm bookworm-updates
                Components: main
                Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

                Types: deb
                URIs: http://mirror.example.org/debian-security
                Suites: bookworm-security
                Components: main
                Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
                """))
                .containsExactly(
                        new AptEntry(
                                List.of("http://mirror.example.org/debian"),
                                List.of("bookworm", "bookworm-updates"),
                                List.of("main"),
                                Optional.of(DEBIAN_KEYS)),
                        new AptEntry(
                                List.of("http://mirror.example.org/debian-security"),
                                List.of("bookworm-security"),
                                List.of("main"),
                                Optional.of(DEBIAN_KEYS)));
    }

    @Test
    void readsUbuntusStanza() {
        assertThat(AptSources.deb822("""
                Types: deb deb-src
                URIs: http://mirror.example.org/ubuntu/
                Suites: noble noble-updates noble-backports
                Components: main universe restricted multiverse
                Signed-By: /usr/share/keyrings/ubuntu-archive-keyring.gpg
                """)).singleElement().satisfies(entry -> {
            assertThat(entry.suites()).containsExactly("noble", "noble-updates", "noble-backports");
            assertThat(entry.components()).contains("main", "universe");
        });
    }

    @Test
    void readsContinuedFieldsAndNamesInAnyCase() {
        assertThat(AptSources.deb822("""

                types: deb
                uris:
                 http://one.example.org/debian
                 http://two.example.org/debian
                SUITES: sid
                components:
                \tmain
                \tcontrib
                signed-by:
                 -----BEGIN PGP PUBLIC KEY BLOCK-----
                 .
                 mQINBF==
                 -----END PGP PUBLIC KEY BLOCK-----
                """)).singleElement().satisfies(entry -> {
            assertThat(entry.uris()).containsExactly("http://one.example.org/debian", "http://two.example.org/debian");
            assertThat(entry.components()).containsExactly("main", "contrib");
            assertThat(entry.signedBy().orElseThrow()).contains("BEGIN PGP PUBLIC KEY BLOCK");
        });
    }

    @Test
    void leavesOutWhatIsDisabledOrNoSourceOfPackages() {
        assertThat(AptSources.deb822("""
                Enabled: no
                Types: deb
                URIs: http://mirror.example.org/debian
                Suites: bookworm
                Components: main

                Types: deb-src
                URIs: http://mirror.example.org/debian
                Suites: bookworm
                Components: main

                Types: deb
                Suites: bookworm
                """)).isEmpty();
    }

    @Test
    void readsOneLineEntries() {
        assertThat(AptSources.oneLine("""
                # the distribution
                deb http://mirror.example.org/debian bookworm main contrib # with a comment
                deb [ arch=amd64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg ] http://mirror.example.org/debian bookworm-updates main
                deb-src http://mirror.example.org/debian bookworm main
                deb cdrom:[Debian GNU/Linux 12]/ bookworm main
                #deb http://mirror.example.org/debian sid main
                deb http://flat.example.org/packages ./
                """))
                .containsExactly(
                        new AptEntry(
                                List.of("http://mirror.example.org/debian"),
                                List.of("bookworm"),
                                List.of("main", "contrib"),
                                Optional.empty()),
                        new AptEntry(
                                List.of("http://mirror.example.org/debian"),
                                List.of("bookworm-updates"),
                                List.of("main"),
                                Optional.of(DEBIAN_KEYS)),
                        new AptEntry(
                                List.of("http://flat.example.org/packages"),
                                List.of("./"),
                                List.of(),
                                Optional.empty()));
    }

    @Test
    void readsTheFilesThatAptReads(@TempDir Path apt) throws IOException {
        Path parts = Files.createDirectory(apt.resolve("sources.list.d"));
        Files.writeString(apt.resolve("sources.list"), "deb http://a.example.org/debian sid main\n");
        Files.writeString(parts.resolve("b.list"), "deb http://b.example.org/debian sid main\n");
        Files.writeString(
                parts.resolve("c.sources"),
                "Types: deb\nURIs: http://c.example.org/debian\nSuites: sid\nComponents: main");
        Files.writeString(parts.resolve("d.list.disabled"), "deb http://d.example.org/debian sid main\n");

        assertThat(AptSources.read(apt))
                .flatExtracting(AptEntry::uris)
                .containsExactly(
                        "http://a.example.org/debian", "http://b.example.org/debian", "http://c.example.org/debian");
    }
}
