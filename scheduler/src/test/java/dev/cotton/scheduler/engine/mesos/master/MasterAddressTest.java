package dev.cotton.scheduler.engine.mesos.master;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MasterAddressTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "m1 m1:5050",
                "m1:5051,m2 m1:5051",
                "[::1]:5050 [::1]:5050",
                "zk://z1:2182,z2/mesos z1:2182",
                "zk://me:secret@z1/mesos z1:2181",
                "zk://[::1]/mesos [::1]:2181"
            })
    void theServerThatIsAskedFirst(String address, String first) {
        assertThat(MasterAddress.parse(address).first()).hasToString(first);
    }
}
