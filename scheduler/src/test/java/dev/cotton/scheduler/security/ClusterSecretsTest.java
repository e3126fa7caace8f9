package dev.cotton.scheduler.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.InstanceId;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterSecretsTest {
    @TempDir
    Path folder;

    private Keyring keyring;

    @BeforeEach
    void openKeyring() {
        keyring = Keyring.open(folder.resolve("key"), true);
    }

    @Test
    void generatesAPasswordOfTwentyOneLettersAndDigits() {
        ClusterSecrets secrets = ClusterSecrets.generate(Optional.empty());

        assertThat(secrets.password()).matches("[A-Za-z0-9]{21}");
        assertThat(Base64.getDecoder().decode(secrets.root())).hasSize(32);
        assertThat(ClusterSecrets.generate(Optional.empty())).isNotEqualTo(secrets);
    }

    @Test
    void keepsTheGivenPassword() {
        ClusterSecrets secrets = ClusterSecrets.generate(Optional.of("p\"ä\n"));

        assertThat(ClusterSecrets.open(keyring, "uid", secrets.seal(keyring, "uid")))
                .isEqualTo(secrets);
        assertThat(secrets.passwordIs("p\"ä\n")).isTrue();
        assertThat(secrets.passwordIs("p")).isFalse();
    }

    @Test
    void areOpenedOnlyForTheirOwnCluster() {
        String sealed = ClusterSecrets.generate(Optional.empty()).seal(keyring, "uid-1");

        assertThatThrownBy(() -> ClusterSecrets.open(keyring, "uid-2", sealed)).isInstanceOf(SecretException.class);
    }

    @Test
    void refuseAnotherFormWithoutQuotingIt() {
        String sealed = keyring.seal("cluster-secrets", "uid", "\"hunter2\"".getBytes(UTF_8));

        assertThatThrownBy(() -> ClusterSecrets.open(keyring, "uid", sealed))
                .isInstanceOf(SecretException.class)
                .hasNoCause()
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void neverShowThemselves() {
        ClusterSecrets secrets = ClusterSecrets.generate(Optional.empty());

        assertThat(secrets.toString()).doesNotContain(secrets.password()).doesNotContain(secrets.root());
        assertThat(secrets.accounts("app").toString()).doesNotContain(secrets.password());
        assertThat(secrets.seal(keyring, "uid")).doesNotContain(secrets.password());
    }

    @Test
    void giveEveryInstanceATokenOfItsOwnThatStaysTheSame() {
        ClusterSecrets secrets = ClusterSecrets.generate(Optional.empty());
        InstanceId first = InstanceId.parse("demo-0");

        String token = secrets.enrolmentToken(first);

        assertThat(Base64.getDecoder().decode(token)).hasSize(32);
        assertThat(secrets.enrolmentToken(first)).isEqualTo(token);
        assertThat(secrets.enrolmentToken(InstanceId.parse("demo-1"))).isNotEqualTo(token);
        assertThat(ClusterSecrets.generate(Optional.empty()).enrolmentToken(first))
                .isNotEqualTo(token);
    }
}
