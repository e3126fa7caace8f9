package dev.cotton.executor.app.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cotton.executor.provision.MysqlArchive;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MysqlChoiceTest {
    private static final Path DATA = Path.of("/nonexistent/data");
    private static final MysqlArchive ARCHIVE = MysqlArchive.of("/mysql.tar.gz", "0".repeat(64));

    private static MysqlChoice choice(List<String> sources) {
        return new MysqlChoice(sources, Optional.empty(), Optional.empty());
    }

    @Test
    void looksAtTheMachineFirstAndThenAtItsDistribution() {
        assertThat(MysqlChoice.usual().installer(DATA).name()).isEqualTo("host,debian");
    }

    @Test
    void takesExactlyWhatIsNamed() {
        assertThat(choice(List.of("debian")).installer(DATA).name()).isEqualTo("debian");
        assertThat(MysqlChoice.of(ARCHIVE).installer(DATA).name()).isEqualTo("archive");
        assertThat(MysqlChoice.at(Path.of("/opt/mysql"))
                        .installer(DATA)
                        .examine()
                        .why())
                .isEqualTo("There is no mysqld in bin, sbin or libexec below /opt/mysql.");
    }

    @Test
    void refusesWhatCannotBeMeant() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> choice(List.of()))
                .withMessage("Name at least one source of MySQL: host, debian, archive.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> choice(List.of("host", "docker")))
                .withMessage("There is no source of MySQL called 'docker'; there are host, debian, archive.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> choice(List.of("archive")))
                .withMessage("The source 'archive' needs the path or URL of a MySQL archive and its SHA-256.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MysqlChoice(List.of("host"), Optional.empty(), Optional.of(ARCHIVE)))
                .withMessage("A MySQL archive was given, but 'archive' is not among the sources of MySQL.");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new MysqlChoice(List.of("debian"), Optional.of(Path.of("/opt/mysql")), Optional.empty()))
                .withMessage("The home of a MySQL was given, but 'host' is not among the sources of MySQL.");
    }
}
