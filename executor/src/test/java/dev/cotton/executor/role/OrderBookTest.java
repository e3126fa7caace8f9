package dev.cotton.executor.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.Durability;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.wire.Answer;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Trust;
import dev.cotton.executor.server.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OrderBookTest {
    private static final Role PRIMARY = new Role.Primary(1, Set.of(1, 2), false);

    @TempDir
    private Path folder;

    private OrderBook book;

    @BeforeEach
    void open() {
        book = new OrderBook(new StateFile<>(folder.resolve("orders.json"), Orders.class));
    }

    private static Stamp stamp(long term, long epoch, long version) {
        return new Stamp(term, epoch, version);
    }

    @Test
    void aLowerStampIsRefusedAndChangesNothing() {
        book.assign(new Assignment(stamp(2, 1, 5), PRIMARY));
        Answer answer = book.assign(new Assignment(stamp(1, 9, 9), new Role.Fenced()));
        assertThat(answer.accepted()).isFalse();
        assertThat(answer.highest()).isEqualTo(stamp(2, 1, 5));
        assertThat(answer.why()).contains("1/9/9").contains("2/1/5");
        assertThat(book.orders().assignment().orElseThrow().role()).isEqualTo(PRIMARY);
    }

    @Test
    void theHighestStampOfEveryKindOfOrderCounts() {
        book.trust(new Trust(stamp(3, 0, 0), "boot"));
        assertThat(book.assign(new Assignment(stamp(2, 9, 9), PRIMARY)).accepted())
                .isFalse();
        book.setup(setup(stamp(3, 0, 1)));
        assertThat(book.trust(new Trust(stamp(3, 0, 0), "boot")).accepted()).isFalse();
    }

    @Test
    void theSameStampIsTakenAgain() {
        Assignment assignment = new Assignment(stamp(1, 1, 1), PRIMARY);
        book.assign(assignment);
        assertThat(book.assign(assignment).accepted()).isTrue();
        assertThat(book.assignments()).isEqualTo(2);
    }

    @Test
    void ordersSurviveARestart() {
        book.setup(setup(stamp(1, 1, 1)));
        book.assign(new Assignment(stamp(1, 1, 2), PRIMARY));
        open();
        assertThat(book.orders().highest()).isEqualTo(stamp(1, 1, 2));
        assertThat(book.orders().assignment().orElseThrow().role()).isEqualTo(PRIMARY);
        assertThat(book.orders().setup()).contains(setup(stamp(1, 1, 1)));
        assertThat(book.assign(new Assignment(stamp(1, 1, 1), new Role.Fenced()))
                        .accepted())
                .isFalse();
        assertThat(book.assignments()).isZero();
    }

    @Test
    void anotherPasswordIsRememberedUntilItIsGiven() {
        book.setup(setup(stamp(1, 1, 1)));
        assertThat(book.orders().newPassword()).isFalse();
        Setup changed = setup(stamp(1, 1, 2), "other");
        book.setup(changed);
        open();
        assertThat(book.orders().newPassword()).isTrue();
        book.passwordGiven(changed);
        open();
        assertThat(book.orders().newPassword()).isFalse();
    }

    @Test
    void onlyTheOwnerCanReadThem() throws IOException {
        book.setup(setup(stamp(1, 1, 1)));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("orders.json"))))
                .isEqualTo("rw-------");
    }

    private static Setup setup(Stamp stamp) {
        return setup(stamp, "secret");
    }

    private static Setup setup(Stamp stamp, String password) {
        return new Setup(
                stamp,
                1,
                Durability.LOSSLESS,
                Map.of(),
                new Setup.Accounts("app", password, "cm9vdA=="),
                new Setup.Template());
    }
}
