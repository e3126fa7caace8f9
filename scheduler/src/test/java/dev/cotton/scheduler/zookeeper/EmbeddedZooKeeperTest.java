package dev.cotton.scheduler.zookeeper;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.port.StateStore.StateException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmbeddedZooKeeperTest {
    @TempDir
    Path folder;

    private Path data() {
        return folder.resolve("zookeeper");
    }

    @Test
    void keepsWhatWasWrittenAcrossRestarts() {
        int port;
        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start(data(), 0);
                ZooKeeperConnection connection = ZooKeeperConnection.open(server.url())) {
            port = server.port();
            connection.calls().create("/kept", "here");
        }
        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start(data(), port);
                ZooKeeperConnection connection = ZooKeeperConnection.open(server.url())) {
            assertThat(server.port()).isEqualTo(port);
            assertThat(connection.calls().read("/kept").map(Calls.Node::text)).contains("here");
        }
    }

    @Test
    void letsASessionGoOnAfterItsOwnRestart() {
        EmbeddedZooKeeper first = EmbeddedZooKeeper.start(data(), 0);
        try (ZooKeeperConnection connection = ZooKeeperConnection.open(first.url())) {
            first.close();
            try (EmbeddedZooKeeper second = EmbeddedZooKeeper.start(data(), first.port())) {
                await().until(connection::connected);
                connection.calls().create("/after", "restart of " + second.port());
            }
        }
    }

    @Test
    void listensOnLoopbackOnlyAndStopsListening() throws IOException {
        int port;
        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start(data(), 0)) {
            port = server.port();
            for (NetworkInterface device : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                for (InetAddress address : Collections.list(device.getInetAddresses())) {
                    if (!address.isLoopbackAddress()) {
                        assertThatThrownBy(() -> new Socket(address, port).close())
                                .isInstanceOf(ConnectException.class);
                    }
                }
            }
        }
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void itsFolderIsItsOwnersOnly() throws IOException {
        Files.createDirectory(
                data(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start(data(), 0)) {
            assertThat(server.port()).isPositive();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data())))
                    .isEqualTo("rwx------");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ruok", "stat", "envi", "conf", "dump"})
    void keepsFourLetterWordsToItself(String word) throws IOException {
        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start(data(), 0);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(word.getBytes(US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            assertThat(answer).contains("is not in the whitelist");
        }
    }

    @Test
    void saysWhichPortIsTaken() throws IOException {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedZooKeeper.start(data(), holder.getLocalPort()))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("127.0.0.1:" + holder.getLocalPort());
        }
    }

    @Test
    void twoSchedulersAgreeOnOneAuthority() {
        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start(data(), 0);
                ZooKeeperConnection one = ZooKeeperConnection.open(server.url());
                ZooKeeperConnection two = ZooKeeperConnection.open(server.url())) {
            String agreed = new ZooKeeperAuthority(one).sealed(() -> {
                // The other one is first, after this one has looked.
                assertThat(new ZooKeeperAuthority(two).sealed(() -> "second")).isEqualTo("second");
                return "first";
            });

            assertThat(agreed).isEqualTo("second");
            assertThat(new ZooKeeperAuthority(two).sealed(() -> "third")).isEqualTo("second");
        }
    }

    @Test
    void aConnectionToNobodySaysSo() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        ZooKeeperUrl url = new ZooKeeperUrl(Optional.empty(), List.of("127.0.0.1:" + free), "/a");

        assertThatThrownBy(() -> ZooKeeperConnection.open(url, Duration.ofSeconds(2)))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("No ZooKeeper answers at 127.0.0.1:" + free);
    }
}
