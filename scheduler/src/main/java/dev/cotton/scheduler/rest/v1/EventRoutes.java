package dev.cotton.scheduler.rest.v1;

import dev.cotton.scheduler.fleet.Fleet.Happened;
import dev.cotton.scheduler.rest.edge.Parameters;
import dev.cotton.scheduler.rest.edge.Routes;
import dev.cotton.scheduler.rest.event.EventHub;
import dev.cotton.scheduler.rest.event.EventStream;
import dev.cotton.scheduler.rest.event.NumberedEvent;
import dev.cotton.scheduler.rest.resource.ApiJson;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stream of all events, as server-sent events. */
public final class EventRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(EventRoutes.class);

    private final EventHub hub;

    public EventRoutes(EventHub hub) {
        this.hub = hub;
    }

    public void register(Routes routes) {
        routes.stream("/api/v1/events", this::stream);
    }

    private void stream(Context ctx) {
        Parameters.only(ctx);
        try (EventStream stream = hub.open(Optional.ofNullable(ctx.header("Last-Event-ID")))) {
            ctx.res().setContentType("text/event-stream");
            ctx.res().setCharacterEncoding("UTF-8");
            stream.writeTo(ctx.res().getOutputStream(), EventRoutes::frame);
        } catch (IOException e) {
            LOG.debug("A listener to events is gone: {}", ctx.ip(), e);
        }
    }

    private static String frame(NumberedEvent numbered) {
        Happened happened = numbered.happened();
        String data = ApiJson.mapper().writeValueAsString(Views.event(happened.cluster(), happened.event()));
        return "event: event\nid: " + numbered.id() + "\ndata: " + data + "\n\n";
    }
}
