package dev.cotton.scheduler.rest.resource;

import dev.cotton.core.port.Engine.Presence;
import java.util.Optional;

/**
 * Where the engine put an instance.
 *
 * @param isolation how cpu and memory are limited, or {@code none (why)}
 * @param why empty when there is nothing to say
 */
public record PlaceResource(
        Presence presence, String host, String isolation, String why, Optional<EndpointsResource> endpoints) {}
