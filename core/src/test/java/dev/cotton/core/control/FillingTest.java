package dev.cotton.core.control;

import static dev.cotton.core.control.Theatre.id;
import static dev.cotton.core.control.Theatre.reporting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Event;
import dev.cotton.core.wire.Status;
import dev.cotton.core.wire.Status.Room;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FillingTest {
    private final Theatre stage = new Theatre(2).settle();

    private void disk(int ordinal, long used, long free) {
        use(ordinal, new Room(megabytes(used), megabytes(free)), Optional.empty());
    }

    private void sandbox(int ordinal, long used, long free) {
        use(ordinal, new Room(megabytes(1), megabytes(99)), Optional.of(new Room(megabytes(used), megabytes(free))));
    }

    private static DataSize megabytes(long size) {
        return DataSize.ofMegabytes(size);
    }

    private void use(int ordinal, Room disk, Optional<Room> sandbox) {
        Status.Usage usage = new Status.Usage(Optional.empty(), 0, megabytes(100), disk.used(), disk.free(), sandbox);
        stage.tweak(id(ordinal), sight -> reporting(sight, status -> Theatre.using(status, usage)));
    }

    private List<Event> told() {
        stage.settle();
        return stage.record.events().stream()
                .filter(event -> switch (event.kind()) {
                    case DISK_FILLING, DISK_EASED, SANDBOX_FILLING, SANDBOX_EASED -> true;
                    default -> false;
                })
                .toList();
    }

    @Test
    void aDiskThatFillsIsToldOnceAndWhenItHasEased() {
        disk(1, 84, 16);
        assertThat(told()).isEmpty();

        disk(1, 86, 14);
        assertThat(told()).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(Event.Kind.DISK_FILLING);
            assertThat(event.instance()).contains(id(1));
            assertThat(event.text()).startsWith("The disk of demo-1 is 86 % full: 14 MB are left.");
        });

        disk(1, 95, 5);
        assertThat(told()).hasSize(1);
        disk(1, 80, 20);
        assertThat(told()).hasSize(1);

        disk(1, 50, 50);
        assertThat(told()).extracting(Event::kind).containsExactly(Event.Kind.DISK_FILLING, Event.Kind.DISK_EASED);

        disk(1, 90, 10);
        assertThat(told()).hasSize(3);
    }

    @Test
    void eachMemberAndEachPlaceIsToldOfByItself() {
        disk(0, 90, 10);
        sandbox(1, 90, 10);
        assertThat(told())
                .extracting(Event::kind)
                .containsExactlyInAnyOrder(Event.Kind.DISK_FILLING, Event.Kind.SANDBOX_FILLING);

        sandbox(1, 10, 90);
        assertThat(told()).extracting(Event::kind).last().isEqualTo(Event.Kind.SANDBOX_EASED);
    }

    @Test
    void whatWasNotMeasuredYetIsNotFull() {
        disk(0, 0, 0);
        assertThat(told()).isEmpty();
    }
}
