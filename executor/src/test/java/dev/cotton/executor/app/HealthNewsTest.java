package dev.cotton.executor.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HealthNewsTest {
    private final HealthNews news = new HealthNews();

    @Test
    void whatWasNeverWellIsNotToldOf() {
        for (int look = 0; look < 10; look++) {
            assertThat(news.seen(false)).isEmpty();
        }
        assertThat(news.seen(true)).contains(true);
        assertThat(news.seen(true)).isEmpty();
    }

    @Test
    void threeFailuresInARowAreToldOnceAndThenThatItIsWell() {
        assertThat(news.seen(true)).contains(true);
        assertThat(news.seen(false)).isEmpty();
        assertThat(news.seen(false)).isEmpty();
        assertThat(news.seen(true)).isEmpty();
        assertThat(news.seen(false)).isEmpty();
        assertThat(news.seen(false)).isEmpty();
        assertThat(news.seen(false)).contains(false);
        assertThat(news.seen(false)).isEmpty();
        assertThat(news.seen(true)).contains(true);
    }
}
