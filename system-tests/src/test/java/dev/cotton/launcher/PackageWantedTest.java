package dev.cotton.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the launcher packs the executor for a scheduler that is about to start. */
final class PackageWantedTest {
    @ParameterizedTest
    @CsvSource({
        "scheduler, false",
        "scheduler --mesos-master=m:5050, true",
        "scheduler --mesos_master m:5050, true",
        "list --mesos-master=m:5050, false",
        "scheduler --mesos-master=m:5050 --executor-uri=http://h/cotton-executor.tar.gz, false",
        "scheduler --executor_uri http://h/cotton-executor.tar.gz --mesos-master=m:5050, false",
        "scheduler --mesos-master=m:5050 --executor_uri=/mysos/dist/mysos-0.1.0-dev0.zip, true",
        "scheduler --executor_uri /mysos/mysos_executor.pex --mesos_master=m:5050, true"
    })
    void aSchedulerOnMesosHandsItOutUnlessSomebodyElseDoes(String arguments, boolean wanted)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "/bin/sh",
                        "-euc",
                        ". ../launcher/build.sh; if wants_package " + arguments + "; then exit 0; else exit 3; fi")
                .start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(wanted ? 0 : 3);
    }
}
