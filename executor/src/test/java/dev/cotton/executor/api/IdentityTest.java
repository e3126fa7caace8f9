package dev.cotton.executor.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import dev.cotton.core.wire.Enrolment;
import dev.cotton.core.wire.ExecutorConfig;
import dev.cotton.executor.server.DataFolder;
import dev.cotton.testing.executor.ExecutorCalls;
import dev.cotton.testing.executor.TestAuthority;
import dev.cotton.testing.executor.TestExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdentityTest {
    private static final Proof TOKEN = new Proof(TestExecutor.TOKEN);

    @TempDir
    private Path temporary;

    private DataFolder folder;
    private TestAuthority authority;
    private Identity identity;

    @BeforeEach
    void make() throws IOException {
        folder = new DataFolder(temporary.resolve("instance"));
        folder.create();
        authority = new TestAuthority(Files.createDirectory(temporary.resolve("authority")));
        identity = identity();
    }

    private Identity identity() {
        return new Identity(
                new ExecutorConfig(
                        InstanceId.parse("demo-0"),
                        folder.root().toString(),
                        "/templates",
                        Optional.of("/quarantine"),
                        new ExecutorConfig.Programs("/mysqld", "/mysql", "/mysqlbinlog"),
                        new Ports("127.0.0.1", 1, 2, 3, 4),
                        new Resources(1, DataSize.ofMegabytes(512), DataSize.ofMegabytes(2048)),
                        TestExecutor.TOKEN),
                folder);
    }

    private Enrolment.Grant grant(String name, String publicKey, String token) {
        String certificate = authority.sign(name, "127.0.0.1", publicKey);
        return new Enrolment.Grant(
                certificate,
                authority.certificate(),
                ExecutorCalls.proof(token, "grant\n" + certificate + "\n" + authority.certificate()));
    }

    @Test
    void theRequestIsProvenByTheToken() {
        Enrolment.Request request = identity.request(TOKEN);
        assertThat(request.instance()).isEqualTo("demo-0");
        assertThat(request.proof())
                .isEqualTo(ExecutorCalls.proof(TestExecutor.TOKEN, "request\ndemo-0\n" + request.publicKey()));
    }

    @Test
    void aProvenGrantEnrols() throws IOException {
        identity.enrol(TOKEN, grant("demo-0", identity.publicKey(), TestExecutor.TOKEN));
        assertThat(identity.enrolled()).isTrue();
        assertThat(identity().enrolled()).isTrue();
        assertThat(identity().publicKey()).isEqualTo(identity.publicKey());
        for (Path file : List.of(folder.privateKey(), folder.certificate(), folder.authority())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aGrantFromSomebodyWithoutTheTokenIsRefused() {
        Enrolment.Grant forged = grant("demo-0", identity.publicKey(), "c29tZSBvdGhlciB0b2tlbg==");
        assertThatThrownBy(() -> identity.enrol(TOKEN, forged)).hasMessageContaining("does not know the token");
        assertThat(identity.enrolled()).isFalse();
    }

    @Test
    void aCertificateOfAnotherInstanceIsRefused() {
        Enrolment.Grant other = grant("demo-1", identity.publicKey(), TestExecutor.TOKEN);
        assertThatThrownBy(() -> identity.enrol(TOKEN, other)).hasMessageContaining("not for demo-0");
        assertThat(identity.enrolled()).isFalse();
    }

    @Test
    void aCertificateForAnotherKeyIsRefused() throws IOException {
        DataFolder elsewhere = new DataFolder(temporary.resolve("elsewhere"));
        elsewhere.create();
        String foreign = java.util.Base64.getEncoder()
                .encodeToString(new IdentityFiles(elsewhere).keys().getPublic().getEncoded());
        Enrolment.Grant other = grant("demo-0", foreign, TestExecutor.TOKEN);
        assertThatThrownBy(() -> identity.enrol(TOKEN, other)).hasMessageContaining("another key");
    }

    @Test
    void aRenewedCertificateHasToBeOfTheSameAuthority() throws IOException {
        identity.enrol(TOKEN, grant("demo-0", identity.publicKey(), TestExecutor.TOKEN));
        String before = Files.readString(folder.certificate());
        TestAuthority stranger = new TestAuthority(Files.createDirectory(temporary.resolve("stranger")));
        assertThatThrownBy(() -> identity.renew(stranger.sign("demo-0", "127.0.0.1", identity.publicKey())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(folder.certificate()).hasContent(before);
        identity.renew(authority.sign("demo-0", "127.0.0.1", identity.publicKey()));
        assertThat(Files.readString(folder.certificate())).isNotEqualTo(before);
    }
}
