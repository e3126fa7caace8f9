package dev.cotton.storage.hdfs;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** A name node and a data node on loopback, and the folder of configuration for their clients. */
final class Hdfs {
    private static final long SOFT_LEASE = Duration.ofMinutes(1).toMillis();
    private static final long HARD_LEASE = Duration.ofMinutes(20).toMillis();

    private final MiniDFSCluster cluster;
    private final Path configuration;

    /** @param configuration a folder for files of configuration; existing */
    Hdfs(Path configuration) throws IOException {
        this.configuration = configuration;
        Files.writeString(configuration.resolve("core-site.xml"), """
                <configuration>
                  <property><name>ipc.client.connect.max.retries</name><value>1</value></property>
                </configuration>
                """);
        Files.writeString(configuration.resolve("hdfs-site.xml"), """
                <configuration>
                  <property><name>dfs.replication</name><value>1</value></property>
                  <property><name>dfs.client.retry.window.base</name><value>100</value></property>
                  <property><name>dfs.client.block.write.retries</name><value>1</value></property>
                </configuration>
                """);
        Configuration settings = new HdfsConfiguration();
        settings.set(
                MiniDFSCluster.HDFS_MINIDFS_BASEDIR,
                Path.of("target", "hdfs").toAbsolutePath().toString());
        settings.setInt("dfs.replication", 1);
        settings.set("dfs.namenode.lease-recheck-interval-ms", "200");
        cluster = new MiniDFSCluster.Builder(settings).numDataNodes(1).build();
        cluster.waitActive();
    }

    DistributedFileSystem client() throws IOException {
        return cluster.getFileSystem();
    }

    String location(String name, String settings) {
        return "hdfs://127.0.0.1:" + cluster.getNameNodePort() + "/" + name + "?configuration=" + configuration
                + settings;
    }

    MiniDFSCluster cluster() {
        return cluster;
    }

    /** Has writers that are not heard declared dead at once, and waits until their files are closed. */
    void declareDeadWriters(String name) {
        cluster.setLeasePeriod(1, 1);
        await().atMost(Duration.ofMinutes(1)).until(() -> allClosed(name));
        cluster.setLeasePeriod(SOFT_LEASE, HARD_LEASE);
    }

    private boolean allClosed(String name) {
        try {
            DistributedFileSystem client = client();
            for (FileStatus file : client.listStatus(new org.apache.hadoop.fs.Path("/" + name + "/.incomplete"))) {
                if (!client.isFileClosed(file.getPath())) {
                    return false;
                }
            }
            return true;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void stop() {
        cluster.shutdown(true);
    }
}
