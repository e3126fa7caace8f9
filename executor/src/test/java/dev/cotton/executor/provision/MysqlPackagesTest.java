package dev.cotton.executor.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class MysqlPackagesTest {

    private static Map<String, ServerVersion> available(Map<String, String> versions) {
        return versions.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> ServerVersion.ofPackage(entry.getValue()).orElseThrow()));
    }

    @Test
    void takesThePackagesWithoutAVersionInTheirNames() {
        MysqlPackages packages = MysqlPackages.newest(available(Map.of(
                        "mysql-server-core", "9.7.4-2", "mysql-client-core", "9.7.4-2", "mysql-server", "9.7.4-2")))
                .orElseThrow();
        assertThat(packages.core()).containsExactly("mysql-server-core", "mysql-client-core");
        assertThat(packages.extras()).containsExactly("mysql-server");
    }

    @Test
    void takesTheNewestOfVersionedNames() {
        MysqlPackages packages = MysqlPackages.newest(available(Map.of(
                        "mysql-server-core-8.0", "8.0.42-0ubuntu0.24.04.2",
                        "mysql-client-core-8.0", "8.0.42-0ubuntu0.24.04.2",
                        "mysql-server-core-8.4", "8.4.5-0ubuntu1",
                        "mysql-client-core-8.4", "8.4.5-0ubuntu1",
                        "mysql-client-8.4", "8.4.5-0ubuntu1",
                        "mysql-server-8.4", "8.4.5-0ubuntu1")))
                .orElseThrow();
        assertThat(packages.core()).containsExactly("mysql-server-core-8.4", "mysql-client-core-8.4");
        assertThat(packages.extras()).containsExactly("mysql-client-8.4", "mysql-server-8.4");
    }

    @Test
    void takesNoneThatIsTooOldOrHasNoClient() {
        assertThat(MysqlPackages.newest(
                        available(Map.of("mysql-server-core-5.7", "5.7.21-1", "mysql-client-core-5.7", "5.7.21-1"))))
                .isEmpty();
        assertThat(MysqlPackages.newest(
                        available(Map.of("mysql-server-core-8.4", "8.4.5", "mysql-client-core-8.0", "8.0.42"))))
                .isEmpty();
        assertThat(MysqlPackages.newest(Map.of())).isEmpty();
    }

    @Test
    void asksForNothingButServerAndClient() {
        assertThat(new String[] {"mysql-server-core", "mysql-client-core-8.4", "mysql-server-8.0", "mysql-client"})
                .allMatch(Pattern.compile(MysqlPackages.NAMES).asMatchPredicate());
        assertThat(new String[] {"default-mysql-server-core", "mysql-router", "mysql-server-core-dbgsym"})
                .noneMatch(Pattern.compile(MysqlPackages.NAMES).asMatchPredicate());
    }
}
