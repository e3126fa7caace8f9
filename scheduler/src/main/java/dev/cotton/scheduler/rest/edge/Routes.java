package dev.cotton.scheduler.rest.edge;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;

/** Adds routes to a server. */
public final class Routes {
    private final RoutesConfig config;

    public Routes(RoutesConfig config) {
        this.config = config;
    }

    /** For GET, and for HEAD with the same status and headers. */
    public void get(String path, Handler handler) {
        config.get(path, handler);
        config.head(path, handler);
    }

    /** For GET only: an answer that does not end by itself. */
    public void stream(String path, Handler handler) {
        config.get(path, handler);
    }

    public void post(String path, Handler handler) {
        config.post(path, handler);
    }

    public void put(String path, Handler handler) {
        config.put(path, handler);
    }

    public void patch(String path, Handler handler) {
        config.patch(path, handler);
    }

    public void delete(String path, Handler handler) {
        config.delete(path, handler);
    }
}
