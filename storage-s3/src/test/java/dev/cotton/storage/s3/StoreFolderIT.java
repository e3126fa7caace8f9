package dev.cotton.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.testing.store.StoreProgram;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

final class StoreFolderIT {
    @Test
    void givesAProgramAllThatItNeedsForS3(@TempDir Path folder, @TempDir Path home) throws Exception {
        S3Server server = new S3Server(folder);
        try {
            String location = server.location("store", server.port(), "");
            StoreProgram program = new StoreProgram(home);
            assertThat(program.run(location, Logger.class)).contains("s3:// needs");

            program.add("s3", Path.of("target", "store"));
            assertThat(program.run(location, Logger.class)).contains("hello\n1\n");
        } finally {
            server.kill();
        }
    }
}
