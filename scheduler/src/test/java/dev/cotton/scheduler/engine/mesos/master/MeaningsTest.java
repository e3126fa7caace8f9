package dev.cotton.scheduler.engine.mesos.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.Endpoint;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster.Refusal.Reason;
import dev.cotton.scheduler.zookeeper.ZooKeeperUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided without any connection. */
final class MeaningsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            200 |                                        | Taken
            202 |                                        | Taken
            307 |                                        | Again
            400 | Framework cannot be found              | Unsubscribed
            403 | Framework is not subscribed            | Unsubscribed
            400 | The stream ID 'x' included in this request didn't match the stream ID currently associated with framework ID y | Unsubscribed
            400 | 'framework_id' differs from 'subscribe.framework_info.id' | Refused
            401 | 401 Unauthorized.                      | Refused
            403 | Forbidden                              | Refused
            406 |                                        | Refused
            415 | Expecting 'Content-Type' of application/json | Refused
            404 |                                        | Again
            500 |                                        | Again
            503 | Master has not finished recovery       | Again
            """)
    void anAnswerMeans(int status, String body, String meaning) {
        assertThat(Answer.of(status, Optional.empty(), body == null ? "" : body)
                        .getClass()
                        .getSimpleName())
                .isEqualTo(meaning);
    }

    @Test
    void quotesTheMasterOnOneLineAndNotWithoutEnd() {
        assertThat(Answer.of(503, Optional.empty(), "a\nb\u001b[31m" + "x".repeat(5000)))
                .isInstanceOfSatisfying(
                        Answer.Again.class,
                        again -> assertThat(again.why())
                                .startsWith("it answered 503: a b [31mxxx")
                                .hasSizeLessThan(450));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//10.0.0.7:5050/master/api/v1/scheduler",
                "//10.0.0.7:5050",
                "http://10.0.0.7:5050/master/api/v1/scheduler"
            })
    void takesTheLeadersAddressFromARedirection(String location) {
        assertThat(Answer.of(307, Optional.of(location), ""))
                .isEqualTo(new Answer.Redirected(new Endpoint("10.0.0.7", 5050)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/master/redirect", "//:5050/", "//a b:1/", "//host/", ""})
    void isNotLedAstrayByARedirectionToNowhere(String location) {
        assertThat(Answer.of(307, Optional.of(location), "")).isInstanceOf(Answer.Again.class);
    }

    @Test
    void everyRefusalSaysWhatToDo() {
        assertThat(Answer.ofError("Framework failed over").reason()).isEqualTo(Reason.FAILED_OVER);
        assertThat(Answer.ofError("Framework has been removed").why())
                .contains("ended all of its tasks", "data are kept", "Nothing is registered anew");
        assertThat(Answer.ofError("Role 'a b' cannot contain whitespace").why())
                .contains("Role 'a b' cannot contain whitespace", "Nothing was changed", "start again");
    }

    @Test
    void waitsLongerWithEveryFailureUpToALimit() {
        Timing timing = new Timing(Duration.ofSeconds(1), 5, Duration.ofMillis(100), Duration.ofMillis(1500));
        assertThat(List.of(1, 2, 3, 4, 5, 6, 1_000_000).stream()
                        .map(failures -> Backoff.pause(timing, failures, 1.0).toMillis()))
                .containsExactly(100L, 200L, 400L, 800L, 1500L, 1500L, 1500L);
        assertThat(Backoff.pause(timing, 2, 0.0)).isEqualTo(Duration.ofMillis(100));
        assertThat(Backoff.pause(timing, 2, 0.5)).isEqualTo(Duration.ofMillis(150));
    }

    @Test
    void readsWhereTheMasterIs() {
        assertThat(MasterAddress.parse("m1:5051,m2,[::1]:7"))
                .isEqualTo(new MasterAddress.Listed(
                        List.of(new Endpoint("m1", 5051), new Endpoint("m2", 5050), new Endpoint("::1", 7))));
        assertThat(MasterAddress.parse("zk://u:p@z1:2181,z2:2182/mesos"))
                .isEqualTo(new MasterAddress.Elected(
                        new ZooKeeperUrl(Optional.of("u:p"), List.of("z1:2181", "z2:2182"), "/mesos")));
        assertThat(MasterAddress.parse("zk://u:p@z1/mesos").toString()).doesNotContain("u:p");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m1,,m2", "http://m1:5050", "m1:0", "m1:99999", "file:///etc/mesos"})
    void refusesWhatIsNoMaster(String text) {
        assertThatThrownBy(() -> MasterAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsTheOriginalsAuthenticationFile() throws IOException {
        Path file = Files.writeString(folder.resolve("auth.yml"), "principal: sched\nsecret: 12345\n");
        Credentials read = Credentials.read(file);
        assertThat(read).isEqualTo(new Credentials("sched", "12345"));
        assertThat(read.basic()).isEqualTo("Basic c2NoZWQ6MTIzNDU=");
        assertThat(read.toString()).isEqualTo("Credentials[sched]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            "principal: sched"                          | has no 'secret'
            "secret: hush"                              | has no 'principal'
            "principal: a\\nsecret: hush\\nmore: hush2" | is not YAML with these two keys
            "hush"                                      | is not YAML with these two keys
            "principal: [a\\nsecret: hush"              | is not YAML with these two keys
            """)
    void saysWhatIsWrongWithAnAuthenticationFileWithoutQuotingIt(String text, String wrong) throws IOException {
        Path file = Files.writeString(folder.resolve("auth.yml"), text.replace("\\n", "\n"));
        assertThatThrownBy(() -> Credentials.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("auth.yml " + wrong)
                .hasMessageNotContaining("hush")
                .hasNoCause();
    }

    @Test
    void namesAnAuthenticationFileThatIsNotThere() {
        assertThatThrownBy(() -> Credentials.read(folder.resolve("absent")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("absent cannot be read (NoSuchFileException)");
    }
}
