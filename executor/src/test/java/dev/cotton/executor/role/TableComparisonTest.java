package dev.cotton.executor.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.wire.TableCount;
import dev.cotton.core.wire.TableCount.Rows;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TableComparisonTest {
    private static final TableCount ORDERS =
            new TableCount("shop", "orders", 1, Optional.of(new Rows(3, "0000002a-99")));
    private static final TableCount STOCK = new TableCount("shop", "stock", 16, Optional.empty());

    @Test
    void theSameRowsAreNoDifference() {
        assertThat(TableComparison.difference(ORDERS, new Rows(3, "0000002a-99")))
                .isEmpty();
    }

    @Test
    void eachDifferenceIsASentence() {
        assertThat(TableComparison.difference(ORDERS, new Rows(2, "00000001-1")))
                .contains("shop.orders has 2 rows instead of 3.");
        assertThat(TableComparison.difference(ORDERS, new Rows(3, "00000001-1")))
                .contains("shop.orders has as many rows as it should, 3, and some of them are others.");
    }

    @Test
    void tablesThatAreOnlyOnOneSideAreNamed() {
        TableComparison comparison = new TableComparison(List.of(ORDERS, STOCK));
        assertThat(comparison.strangers(Set.of("shop.orders", "shop.stock"))).isEmpty();
        assertThat(comparison.strangers(Set.of("shop.orders", "shop.more")))
                .containsExactly(
                        "shop.stock is in the backup's manifest and not here.",
                        "shop.more is here and not in the backup's manifest.");
    }

    @Test
    void whereNothingWasCountedNothingIsMissing() {
        assertThat(new TableComparison(List.of()).strangers(Set.of("shop.orders")))
                .isEmpty();
    }

    @Test
    void onlyWhatWasCountedIsCompared() {
        TableComparison comparison = new TableComparison(List.of(ORDERS, STOCK));
        assertThat(comparison.of("shop.orders")).contains(ORDERS);
        assertThat(comparison.of("shop.stock")).isEmpty();
    }
}
