package dev.cotton.executor.provision;

import dev.cotton.core.port.Installation;
import dev.cotton.core.port.MysqlInstallationException;
import java.nio.file.Path;

/** A program that installs MySQL and prints its steps and then its home: to be run several times at once, and killed. */
final class InstallMysql {
    static final String HOME = "home ";

    private InstallMysql() {}

    public static void main(String[] arguments) {
        try {
            Installation installation = DebianMysql.in(Path.of(arguments[0]))
                    .install((step, fraction) -> System.out.println(step + " " + fraction.orElse(0)));
            System.out.println(HOME + installation.home());
        } catch (MysqlInstallationException failure) {
            System.out.println(failure.getMessage());
            System.exit(1);
        }
    }
}
