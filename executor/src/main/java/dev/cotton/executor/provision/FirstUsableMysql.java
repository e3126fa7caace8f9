package dev.cotton.executor.provision;

import dev.cotton.core.port.Installation;
import dev.cotton.core.port.MysqlInstallationException;
import dev.cotton.core.port.MysqlInstaller;
import dev.cotton.core.port.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Several ways of getting a MySQL, tried in order until one works. */
public final class FirstUsableMysql implements MysqlInstaller {
    private final List<MysqlInstaller> installers;

    /** @param installers at least one */
    public FirstUsableMysql(List<MysqlInstaller> installers) {
        if (installers.isEmpty()) {
            throw new IllegalArgumentException("At least one way of getting a MySQL is needed.");
        }
        this.installers = List.copyOf(installers);
    }

    /** The names of all, in their order, with commas. */
    @Override
    public String name() {
        return installers.stream().map(MysqlInstaller::name).collect(Collectors.joining(","));
    }

    @Override
    public Installation install(Progress progress) {
        List<MysqlInstallationException> failures = new ArrayList<>();
        for (MysqlInstaller installer : installers) {
            try {
                return installer.install(progress);
            } catch (MysqlInstallationException failure) {
                failures.add(failure);
            }
        }
        throw all(failures);
    }

    @Override
    public Verdict examine() {
        List<String> passedOver = new ArrayList<>();
        String remedy = "";
        for (MysqlInstaller installer : installers) {
            Verdict verdict = installer.examine();
            if (verdict.usable()) {
                return Verdict.usable(
                        passedOver.isEmpty() ? verdict.why() : verdict.why() + " " + String.join(" ", passedOver));
            }
            passedOver.add(verdict.why());
            remedy = verdict.remedy();
        }
        return Verdict.unusable(String.join(" ", passedOver), remedy);
    }

    private static MysqlInstallationException all(List<MysqlInstallationException> failures) {
        MysqlInstallationException last = failures.getLast();
        MysqlInstallationException all = new MysqlInstallationException(
                failures.stream().map(MysqlInstallationException::happened).collect(Collectors.joining(" ")),
                failures.size() == 1 ? last.kept() : "Nothing else was changed.",
                last.remedy(),
                last);
        failures.subList(0, failures.size() - 1).forEach(all::addSuppressed);
        return all;
    }
}
