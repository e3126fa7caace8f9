package dev.cotton.storage.s3;

import dev.cotton.testing.contract.BackupStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class S3BackupStoreIT extends BackupStoreContract {
    private static final AtomicInteger STORES = new AtomicInteger();

    private static S3Server server;

    private final int number = STORES.incrementAndGet();

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        server = new S3Server(folder);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        server.kill();
    }

    @Override
    protected String location() {
        return server.location("store-" + number, server.port(), "");
    }
}
