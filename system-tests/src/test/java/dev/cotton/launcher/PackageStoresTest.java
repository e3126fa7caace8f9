package dev.cotton.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which stores' libraries "cotton package --with-store" takes, and what the package is called then. */
final class PackageStoresTest {
    @ParameterizedTest
    @CsvSource({
        "add_store s3, -s3",
        "add_store s3; add_store hdfs, -hdfs-s3",
        "add_store hdfs; add_store hdfs, -hdfs",
        "add_store ftp, none of hdfs s3",
        "add_store '', none of hdfs s3"
    })
    void takesTheStoresThatWereNamed(String options, String said) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "/bin/sh",
                        "-euc",
                        ". ../launcher/build.sh; . ../launcher/package.sh; fail() { echo \"$*\"; exit 1; }; " + options
                                + "; echo $stores")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains(said);
        process.waitFor();
    }
}
