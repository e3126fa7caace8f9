package dev.cotton.executor.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cotton.core.port.Installation;
import dev.cotton.core.port.MysqlInstallationException;
import dev.cotton.core.port.MysqlInstaller;
import dev.cotton.core.port.Progress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FirstUsableMysqlTest {

    private record Working(String name) implements MysqlInstaller {
        @Override
        public Installation install(Progress progress) {
            return new Installation("9.7.4", Path.of("/", name), name, "It works.");
        }

        @Override
        public Verdict examine() {
            return Verdict.usable("It works.");
        }
    }

    private record Failing(String name) implements MysqlInstaller {
        @Override
        public Installation install(Progress progress) {
            throw new MysqlInstallationException("No " + name + ".", "Nothing was lost.", "Mend " + name + ".");
        }

        @Override
        public Verdict examine() {
            return Verdict.unusable("No " + name + ".", "Mend " + name + ".");
        }
    }

    @Test
    void takesTheFirstThatWorks() {
        MysqlInstaller chain =
                new FirstUsableMysql(List.of(new Failing("host"), new Working("debian"), new Working("archive")));

        assertThat(chain.name()).isEqualTo("host,debian,archive");
        assertThat(chain.install(Progress.SILENT).source()).isEqualTo("debian");
        assertThat(chain.examine()).isEqualTo(MysqlInstaller.Verdict.usable("It works. No host."));
    }

    @Test
    void givesEveryReasonWhenNoneWorks() {
        MysqlInstaller chain = new FirstUsableMysql(List.of(new Failing("host"), new Failing("debian")));

        assertThat(chain.examine()).isEqualTo(MysqlInstaller.Verdict.unusable("No host. No debian.", "Mend debian."));
        assertThatExceptionOfType(MysqlInstallationException.class)
                .isThrownBy(() -> chain.install(Progress.SILENT))
                .withMessage("No host. No debian. Nothing else was changed. Mend debian.");
    }
}
