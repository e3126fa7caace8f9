package dev.cotton.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStore.Existing;
import dev.cotton.core.port.BackupStore.Written;
import dev.cotton.core.port.BackupStoreException;
import dev.cotton.core.port.BackupStoreException.CorruptException;
import dev.cotton.core.port.BackupStoreException.NotAllowedException;
import dev.cotton.core.port.BackupStoreException.UnreachableException;
import dev.cotton.core.port.BackupStoreException.UnusableLocationException;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.core.storage.BackupStores;
import dev.cotton.testing.store.CuttingProxy;
import dev.cotton.testing.store.TestContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class S3FaultsIT {
    private static final ObjectKey KEY = new ObjectKey("demo/data");
    private static final byte[] CONTENT = TestContent.bytes(20 << 20);

    private final BackupStores stores = new BackupStores(Optional.empty());
    private S3Server server;
    private CuttingProxy proxy;
    private BackupStore store;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        server = new S3Server(folder);
        proxy = new CuttingProxy(server.port());
        store = open("");
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
        proxy.close();
        server.kill();
    }

    private BackupStore open(String settings) {
        return stores.open(server.location("store", proxy.port(), settings));
    }

    private Written write(BackupStore to) throws IOException {
        return to.write(KEY, Existing.REFUSE, out -> out.write(CONTENT));
    }

    private byte[] all() throws IOException {
        try (InputStream in = store.read(KEY)) {
            return in.readAllBytes();
        }
    }

    @Test
    void sendsAPartAgainWhoseConnectionBreaks() throws IOException {
        proxy.cutAfterSending(11 << 20);

        Written written = write(store);

        assertThat(proxy.cuts()).isOne();
        assertThat(written.sha256()).isEqualTo(TestContent.sha256(CONTENT));
        assertThat(all()).isEqualTo(CONTENT);
    }

    @Test
    void readsOnWhereTheConnectionBroke() throws IOException {
        write(store);
        proxy.cutAfterReceiving(7 << 20);

        assertThat(all()).isEqualTo(CONTENT);
        assertThat(proxy.cuts()).isOne();
    }

    @Test
    void readsOnAfterTheServerWasKilledAndStartedAgain() throws Exception {
        write(store);
        ByteArrayOutputStream got = new ByteArrayOutputStream();

        try (InputStream in = store.read(KEY)) {
            got.write(in.readNBytes(1 << 20));
            server.kill();
            Thread again = Thread.ofVirtual().name("start").start(() -> {
                try {
                    server.startAgain();
                } catch (IOException failed) {
                    throw new IllegalStateException(failed);
                }
            });
            in.transferTo(got);
            again.join();
        }

        assertThat(got.toByteArray()).isEqualTo(CONTENT);
    }

    @Test
    void leavesNothingToBeSeenOfAWriteWhoseServerWasKilled() throws Exception {
        try (BackupStore hasty = open("&attempts=2")) {
            assertThatThrownBy(() -> hasty.write(KEY, Existing.REFUSE, out -> {
                        out.write(CONTENT, 0, 18 << 20);
                        kill();
                        out.write(CONTENT, 18 << 20, 2 << 20);
                    }))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageContaining(KEY.value());
        }
        server.startAgain();

        assertThat(store.stat(KEY)).isEmpty();
        assertThat(store.list("")).isEmpty();
        assertThat(store.removeIncomplete(Duration.ZERO)).isOne();
        assertThat(write(store).length()).isEqualTo(CONTENT.length);
    }

    private void kill() {
        try {
            server.kill();
        } catch (InterruptedException never) {
            throw new IllegalStateException(never);
        }
    }

    @Test
    void doesNotWaitForEverForAServerThatIsSilent() throws IOException {
        write(store);
        try (BackupStore hasty = open("&attempts=2&timeout=1");
                InputStream in = hasty.read(KEY)) {
            assertThat(in.read()).isNotNegative();
            proxy.freeze();

            assertThatThrownBy(() -> hasty.stat(KEY)).isInstanceOf(UnreachableException.class);
            assertThatThrownBy(() -> write(hasty)).isInstanceOf(UnreachableException.class);
            assertThatThrownBy(in::readAllBytes).isInstanceOf(UnreachableException.class);
        }
    }

    @Test
    void saysThatAStrangerIsNotAllowed() {
        try (BackupStore strange = open("&profile=stranger")) {
            assertThatThrownBy(() -> strange.list(""))
                    .isInstanceOf(NotAllowedException.class)
                    .hasMessageNotContaining("a-guess");
        }
    }

    @Test
    void saysWhatTheServiceMeans() throws IOException {
        assertThat(failure(403, "AccessDenied", "Access Denied"))
                .isInstanceOf(NotAllowedException.class)
                .hasMessageContaining("Access Denied");
        assertThat(failure(400, "BadDigest", "The Content-MD5 did not match.")).isInstanceOf(CorruptException.class);
        assertThat(failure(503, "SlowDown", "Reduce your rate.")).isInstanceOf(UnreachableException.class);
        assertThat(failure(507, "XMinioStorageFull", "No space left."))
                .isInstanceOf(BackupStoreException.FullException.class);
        assertThat(failure(404, "NoSuchBucket", "There is no such bucket."))
                .isInstanceOf(UnusableLocationException.class);
    }

    /** What a store does with a service that always answers so. */
    private BackupStoreException failure(int status, String code, String message) throws IOException {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] answer = ("<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>")
                .getBytes(StandardCharsets.UTF_8);
        service.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        service.start();
        try (BackupStore there =
                stores.open(server.location("store", service.getAddress().getPort(), "&attempts=1"))) {
            return catchThrowableOfType(BackupStoreException.class, () -> there.page("", Optional.empty(), 1));
        } finally {
            service.stop(0);
        }
    }

    @Test
    void saysThatItsCredentialsAreNotThere() {
        assertThatThrownBy(() -> stores.open("s3://backups/?endpoint=http://127.0.0.1:1&credentials-file=/nowhere"))
                .isInstanceOf(UnusableLocationException.class)
                .hasMessageContaining("/nowhere");
        assertThatThrownBy(() -> stores.open("s3://backups/?endpoint=ftp://x"))
                .isInstanceOf(UnusableLocationException.class);
        assertThatThrownBy(() -> stores.open("s3://backups/?secret=x"))
                .isInstanceOf(UnusableLocationException.class)
                .hasMessageContaining("credentials-file");
    }
}
