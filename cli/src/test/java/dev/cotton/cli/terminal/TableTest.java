package dev.cotton.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        String text = new Table("NAME", "STATE")
                .row("a", "healthy")
                .row("longer", "x")
                .text(Paint.NONE);

        assertThat(text).isEqualTo("""
                NAME    STATE
                a       healthy
                longer  x
                """);
    }

    @Test
    void coloursTakeNoPlace() {
        Paint paint = new Paint(true);
        String text =
                new Table("A", "B").row(paint.green("x"), "y").row("zz", "w").text(paint);

        assertThat(text.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo("""
                A   B
                x   y
                zz  w
                """);
    }

    @Test
    void aRowHasAsManyCellsAsThereAreColumns() {
        assertThatThrownBy(() -> new Table("A", "B").row("1")).isInstanceOf(IllegalArgumentException.class);
    }
}
