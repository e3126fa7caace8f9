package dev.cotton.testing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.port.BackupStoreException.UnusableLocationException;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.core.port.StoreLocation;
import dev.cotton.core.storage.BackupStores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BackupStoresTest {
    private final BackupStores stores = new BackupStores(Optional.empty());

    @Test
    void readsLocations() {
        assertThat(StoreLocation.parse("S3://my_bucket/a/b/?endpoint=http://host:9000/&name=a%26b+c"))
                .isEqualTo(new StoreLocation(
                        "s3", "my_bucket", "/a/b", Map.of("endpoint", "http://host:9000/", "name", "a&b+c")));
        assertThat(StoreLocation.parse("file:///var/backups?x=secret")).hasToString("file:///var/backups");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "backups",
                "s3:bucket",
                "s3://key:secret@bucket/",
                "file:///a b",
                "s3://b?x",
                "s3://b?x=1&x=2",
                "s3://b?x=%zz",
                "s3://b#x"
            })
    void refusesWhatIsNoLocation(String text) {
        assertThatThrownBy(() -> stores.open(text))
                .isInstanceOf(UnusableLocationException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void saysWhichModuleASchemeNeeds() {
        assertThatThrownBy(() -> stores.open("hdfs://namenode:8020/backups"))
                .isInstanceOf(UnusableLocationException.class)
                .hasMessageContaining("hdfs:// needs")
                .hasMessageContaining("storage-hdfs");
        assertThatThrownBy(() -> stores.open("s3://bucket")).hasMessageContaining("storage-s3");
        assertThatThrownBy(() -> stores.open("ftp://host/")).hasMessageContaining("Use file://, hdfs:// or s3://.");
    }

    @Test
    void saysWhichSettingsThereAre() {
        assertThatThrownBy(() -> stores.open("file:///tmp?size=3"))
                .isInstanceOf(UnusableLocationException.class)
                .hasMessageContaining("'size'");
        assertThatThrownBy(() -> stores.open("file://tmp/backups")).isInstanceOf(UnusableLocationException.class);
    }

    @Test
    void takesOnlyKeysThatStayInTheirStore() {
        assertThat(List.of(
                        "", "/a", "a/", "a//b", "..", "a/../b", ".hidden", "a/.b", "-rf", "a b", "a\nb", "a\\b", "ä",
                        "a:b"))
                .noneMatch(ObjectKey::isKey);
        assertThat(List.of("a", "demo/2026-11-27T10.00.00Z/data.xb", "_", "k=v"))
                .allMatch(ObjectKey::isKey);
        assertThat(ObjectKey.isKey("a".repeat(201))).isFalse();
        assertThat(ObjectKey.isKey("a/".repeat(256) + "a")).isFalse();
        assertThatThrownBy(() -> new ObjectKey("a\nb")).hasMessageContaining("'a?b'");
    }
}
