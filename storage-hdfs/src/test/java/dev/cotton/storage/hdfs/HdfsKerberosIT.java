package dev.cotton.storage.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStore.Existing;
import dev.cotton.core.port.BackupStoreException.NotAllowedException;
import dev.cotton.core.port.BackupStoreException.UnreachableException;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.core.storage.BackupStores;
import dev.cotton.testing.executor.FreePorts;
import dev.cotton.testing.store.TestContent;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An HDFS that asks for Kerberos, with a Kerberos of its own. */
final class HdfsKerberosIT {
    private static final String SERVER = "hdfs/localhost@COTTON.TEST";
    private static final String CLIENT = "cotton@COTTON.TEST";
    private static final ObjectKey KEY = new ObjectKey("demo/data");

    private static SimpleKdcServer kerberos;
    private static MiniDFSCluster cluster;
    private static Path folder;

    private final BackupStores stores = new BackupStores(Optional.empty());

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        kerberos = kerberos();
        Map<String, String> settings = settings();
        Configuration configuration = new HdfsConfiguration();
        settings.forEach(configuration::set);
        UserGroupInformation.setConfiguration(configuration);
        cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
        cluster.waitActive();
        Files.writeString(
                folder.resolve("core-site.xml"),
                settings.entrySet().stream()
                        .map(setting -> "<property><name>" + setting.getKey() + "</name><value>" + setting.getValue()
                                + "</value></property>")
                        .collect(Collectors.joining("\n", "<configuration>\n", "\n</configuration>\n")));
        Files.writeString(folder.resolve("hdfs-site.xml"), "<configuration/>");
    }

    private static SimpleKdcServer kerberos() throws Exception {
        SimpleKdcServer server = new SimpleKdcServer();
        server.setWorkDir(folder.toFile());
        server.setKdcRealm("COTTON.TEST");
        server.setKdcHost("localhost");
        server.setKdcTcpPort(FreePorts.one());
        server.setAllowUdp(false);
        server.init();
        server.start();
        server.createAndExportPrincipals(keytab("server").toFile(), SERVER, "HTTP/localhost@COTTON.TEST");
        server.createAndExportPrincipals(keytab("client").toFile(), CLIENT);
        Files.copy(folder.resolve("krb5.conf"), folder.resolve("clients.conf"));
        nameKerberos();
        return server;
    }

    /** The server takes its own file, and the property that names it, away when it stops. */
    private static void nameKerberos() {
        System.setProperty(
                "java.security.krb5.conf", folder.resolve("clients.conf").toString());
    }

    private static Path keytab(String name) {
        return folder.resolve(name + ".keytab");
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("hadoop.security.authentication", "kerberos");
        settings.put("dfs.namenode.kerberos.principal", SERVER);
        settings.put("dfs.namenode.keytab.file", keytab("server").toString());
        settings.put("dfs.datanode.kerberos.principal", SERVER);
        settings.put("dfs.datanode.keytab.file", keytab("server").toString());
        settings.put("dfs.web.authentication.kerberos.principal", "HTTP/localhost@COTTON.TEST");
        settings.put("dfs.web.authentication.kerberos.keytab", keytab("server").toString());
        settings.put("dfs.block.access.token.enable", "true");
        settings.put("dfs.data.transfer.protection", "authentication");
        settings.put("ignore.secure.ports.for.testing", "true");
        settings.put("dfs.replication", "1");
        settings.put(
                MiniDFSCluster.HDFS_MINIDFS_BASEDIR,
                Path.of("target", "hdfs-kerberos").toAbsolutePath().toString());
        return settings;
    }

    @AfterAll
    static void stop() {
        cluster.shutdown(true);
    }

    private static String login(String principal, String keytab) {
        return "hdfs://localhost:" + cluster.getNameNodePort() + "/backups?configuration=" + folder + "&principal="
                + principal + "&keytab=" + keytab(keytab);
    }

    @Test
    void letsInWhoseKeytabItIsAndNobodyElse() throws Exception {
        byte[] content = TestContent.bytes(3 << 20);
        try (BackupStore store = stores.open(login(SERVER, "server"))) {
            store.write(KEY, Existing.REFUSE, out -> out.write(content));
            try (InputStream in = store.read(KEY)) {
                assertThat(in.readAllBytes()).isEqualTo(content);
            }
        }
        for (String principal : new String[] {CLIENT, "nobody@COTTON.TEST"}) {
            try (BackupStore store = stores.open(login(principal, "client"))) {
                assertThatThrownBy(() -> store.read(KEY)).isInstanceOf(NotAllowedException.class);
            }
        }
        kerberos.stop();
        nameKerberos();
        try (BackupStore store = stores.open(login(CLIENT, "client"))) {
            assertThatThrownBy(() -> store.read(KEY)).isInstanceOf(UnreachableException.class);
        }
    }
}
