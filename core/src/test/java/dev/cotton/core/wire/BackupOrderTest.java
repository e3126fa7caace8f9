package dev.cotton.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Stamp;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BackupOrderTest {
    private static final String SECRET = Base64.getEncoder().encodeToString(new byte[32]);
    private static final BackupPlace PLACE =
            new BackupPlace("s3://bucket/folder?secret-file=/etc/key", "demo/one", "uid-1", new BackupId("one"));

    @Test
    void whatIsShownHasNeitherTheKeyNorTheSettings() {
        BackupOrder order =
                new BackupOrder(Stamp.NONE, PLACE, new DataKey(SECRET, "key-1", "wrapped"), Optional.empty());
        assertThat(order.toString())
                .contains("s3://bucket/folder demo/one", "key-1")
                .doesNotContain(SECRET)
                .doesNotContain("secret-file")
                .doesNotContain("wrapped");
    }

    @Test
    void aKeyIsThirtyTwoBytesAndIsNotQuotedWhenItIsNot() {
        assertThat(new DataKey(SECRET, "", "").bytes()).hasSize(32);
        assertThatThrownBy(() -> new DataKey("short", "", "").bytes())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("key.secret: 32 random bytes in base64.");
        assertThatThrownBy(() -> new DataKey("not base64!", "", "").bytes())
                .hasMessage("key.secret: 32 random bytes in base64.");
    }

    @Test
    void anIdIsFitForTheNameOfAFile() {
        assertThat(new BackupId("20261127T101530Z-demo").toString()).isEqualTo("20261127T101530Z-demo");
        for (String wrong : new String[] {"", "-a", "../a", "a/b", "a".repeat(64)}) {
            assertThatThrownBy(() -> new BackupId(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void progressIsToldInSteps() {
        BackupReport begun = BackupReport.begun(new BackupId("one"));
        BackupReport first = begun.at(BackupReport.Phase.STORING, new DataSize(51), new DataSize(1000));
        BackupReport second = begun.at(BackupReport.Phase.STORING, new DataSize(99), new DataSize(1000));
        BackupReport third = begun.at(BackupReport.Phase.STORING, new DataSize(100), new DataSize(1000));
        assertThat(first.inSteps()).isEqualTo(second.inSteps()).isNotEqualTo(third.inSteps());
    }
}
