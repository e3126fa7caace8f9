package dev.cotton.executor.app.machine;

import dev.cotton.core.port.MysqlInstaller;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks whether this machine has what Cotton needs. Changes nothing and does not use the network.
 *
 * @param data the data folder; need not exist yet
 * @param ports from which instances get theirs
 * @param user the account that executors and servers run under when Cotton is started by root
 * @param mysql the way in which MySQL would be had
 */
public record MachineExamination(Path data, PortRange ports, String user, MysqlInstaller mysql) {

    private static final int OLDEST_JAVA = 25;

    /** Every check, in the order in which a person would want to mend things. */
    public List<MachineCheck> run() {
        Path root = Path.of("/");
        Account account = Account.ofThisProcess(root);
        return List.of(
                java(Runtime.version()),
                mysqlCheck(),
                new DataFolder(data.toAbsolutePath(), account).check(),
                new Disk(data.toAbsolutePath()).check(),
                new Memory(root.resolve("proc/meminfo")).check(),
                new OpenFiles(root.resolve("proc/self/limits")).check(),
                new ControlGroups(root.resolve("proc/self"), account).check(),
                ports.check(root.resolve("proc/sys/net/ipv4/ip_local_port_range")),
                account.check(user, root));
    }

    static MachineCheck java(Runtime.Version version) {
        return version.feature() >= OLDEST_JAVA
                ? MachineCheck.ok("java", "Java " + version + ".")
                : MachineCheck.failed(
                        "java", "This is Java " + version + ".", "Install Java " + OLDEST_JAVA + " or newer.");
    }

    private MachineCheck mysqlCheck() {
        MysqlInstaller.Verdict verdict = mysql.examine();
        return verdict.usable()
                ? MachineCheck.ok("mysql", verdict.why())
                : MachineCheck.failed("mysql", verdict.why(), verdict.remedy());
    }
}
